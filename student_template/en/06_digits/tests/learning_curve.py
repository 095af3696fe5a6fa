from otter.test_files import test_case

OK_FORMAT = False

name = "learning_curve"
points = None

@test_case(points=0.5, hidden=False)
def two_lines(learning_curve):
    import numpy as np
    from capas_check.plots import draw
    TRAINING, VALIDATION = ([0.4, 0.21, 0.12, 0.08, 0.05, 0.03], [0.42, 0.25, 0.19, 0.17, 0.18, 0.2])
    epochs = np.arange(1, 7)
    draw(learning_curve, TRAINING, VALIDATION).line(epochs, TRAINING).line(epochs, VALIDATION)

@test_case(points=0.5, hidden=False)
def what_is_written(learning_curve):
    from capas_check.plots import draw
    TRAINING, VALIDATION = ([0.4, 0.21, 0.12, 0.08, 0.05, 0.03], [0.42, 0.25, 0.19, 0.17, 0.18, 0.2])
    picture = draw(learning_curve, TRAINING, VALIDATION)
    picture.has_label('x', ('época', 'epoca', 'epoch')).has_label('y', ('pérdida', 'perdida', 'loss'))
    picture.has_legend(('entrenamiento', 'training'), ('validación', 'validacion', 'validation'))

@test_case(points=0.25, hidden=False)
def where_overfitting_begins(learning_curve):
    from capas_check.plots import draw
    TRAINING, VALIDATION = ([0.4, 0.21, 0.12, 0.08, 0.05, 0.03], [0.42, 0.25, 0.19, 0.17, 0.18, 0.2])
    draw(learning_curve, TRAINING, VALIDATION).scatter([4], [0.17])

