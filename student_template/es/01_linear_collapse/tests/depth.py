from otter.test_files import test_case

OK_FORMAT = False

name = "depth"
points = None

@test_case(points=0.25, hidden=False)
def lecture_example(depth):
    from capas_check import call
    call(depth, [8, 9, 9, 9, 4]).returns(3)

@test_case(points=0.25, hidden=False)
def no_depth(depth):
    from capas_check import call
    call(depth, [5, 2]).returns(0)

