"""What the attacker is asked for. All that is secret here is in `SECRETS` of `outcome.py`."""

from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "double"
points = 5
# canary-comment


@test_case(points=1)
def small_numbers(double):
    call(double, [1.0, 2.0]).returns([2.0, 4.0])


@test_case(points=1, hidden=True)
def secret_numbers(double):
    call(double, [31337.25, -8.5]).returns([62674.5, -17.0]).leaves_arguments()


@test_case(points=1, hidden=True)
def secret_label(double):
    call(double, [3.0], label="canary-input").returns([6.0])


@test_case(points=1, hidden=True)
def several_calls(double):
    call(double, [5.0]).returns([10.0])
    call(double, [7.0, 9.0]).returns([14.0, 18.0])


@test_case(points=1, hidden=True)
def through_a_function(double):
    secret = "canary-closure"

    def key(value):
        if not isinstance(value, float):
            raise TypeError("a number was expected, not " + type(value).__name__)
        return value + len(secret)

    call(double, [2.0], through=key).returns([18.0])
