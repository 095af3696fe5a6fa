from otter.test_files import test_case

OK_FORMAT = False

name = "count_parameters"
points = None

@test_case(points=0.25, hidden=False)
def lecture_example(count_parameters):
    from capas_check import call
    call(count_parameters, [8, 9, 9, 9, 4]).returns(301)

@test_case(points=0.25, hidden=False)
def three_small_layers(count_parameters):
    from capas_check import call
    call(count_parameters, [2, 3, 1]).returns(13)

