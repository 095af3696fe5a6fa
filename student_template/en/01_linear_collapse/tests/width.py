from otter.test_files import test_case

OK_FORMAT = False

name = "width"
points = None

@test_case(points=0.25, hidden=False)
def lecture_example(width):
    from capas_check import call
    call(width, [8, 9, 9, 9, 4]).returns(9)

@test_case(points=0.25, hidden=False)
def largest_at_either_end(width):
    from capas_check import call
    call(width, [12, 5, 3]).returns(12)
    call(width, [3, 5, 12]).returns(12)

