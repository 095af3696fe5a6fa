from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "floating"
points = 3


@test_case(points=1)
def example_by_hand(floating):
    call(floating, {"cork": 240, "iron": 7870}).returns({"cork"})


@test_case(points=1, hidden=True)
def nothing_floats(floating):
    call(floating, {"gold": 19300}).returns(set())


@test_case(points=1, hidden=True)
def on_mercury(floating):
    call(floating, {"gold": 19300, "iron": 7870, "ice": 917}, 13546).returns({"iron", "ice"})
