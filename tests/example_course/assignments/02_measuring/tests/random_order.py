import random

from otter.test_files import test_case

from capas_check import call, require
from capas_check.distributions import seeded

OK_FORMAT = False
name = "random_order"
points = 1


@test_case(points=0.5)
def all_of_them(random_order):
    order = call(seeded(random_order, 7), ["golf", "steel", "tennis"])
    require(sorted(order.value) == ["golf", "steel", "tennis"], en="{order} should have each ball once.", order=order)


@test_case(points=0.5, hidden=True)
def the_order_of_a_seed(random_order):
    balls = ["a", "b", "c", "d", "e", "f"]
    right = balls.copy()
    random.seed(3)
    random.shuffle(right)
    call(seeded(random_order, 3), balls).returns(right).leaves_arguments()
