"""Kinds of error that need no catalogue: what to tell a student, what to try next, what a teacher may say again."""

import msgspec


class Diagnosis(msgspec.Struct, frozen=True):
    """A kind of error, with all that is said of it, by language.

    ``explanation`` names what seems to be the matter, without the fix. ``next_step`` is a key of
    `capas.report.texts.NEXT`, "" where the cases say enough; ``teach_again`` is empty where there is nothing to teach.
    Where not ``answered``, the question was not begun or lacks its return: there is no knowing what was understood.
    """

    id: str
    explanation: dict[str, str]
    next_step: str = ""
    teach_again: dict[str, str] = {}
    answered: bool = True


_GENERAL = (
    Diagnosis(
        "never_ends",
        explanation={
            "es": "Tu función no terminó a tiempo. Busca un bucle cuya condición nunca deja de cumplirse.",
            "en": "Your function did not finish in time. Look for a loop whose condition never stops holding.",
        },
        next_step="timeout",
        teach_again={"es": "Cómo termina un bucle.", "en": "How a loop ends."},
    ),
    Diagnosis(
        "ends_the_program",
        explanation={
            "es": "Tu función cerró el programa entero en vez de devolver un resultado.",
            "en": "Your function shut the whole program down instead of returning a result.",
        },
        next_step="crashed",
        teach_again={
            "es": "Una función devuelve; no cierra el programa.",
            "en": "A function returns; it does not shut the program down.",
        },
    ),
    Diagnosis(
        "not_defined",
        explanation={
            "es": "La función no existe con ese nombre. ¿La borraste, la renombraste, o falló su celda?",
            "en": "There is no function of that name. Did you delete it, rename it, or did its cell fail?",
        },
        next_step="missing",
        answered=False,
    ),
    Diagnosis(
        "returns_nothing",
        explanation={
            "es": "Tu función no devuelve nada (None). Puede que calcule bien, pero el resultado se pierde al salir.",
            "en": "Your function returns nothing (None). It may compute well, but the result is lost on the way out.",
        },
        next_step="fill_in",
        answered=False,
    ),
    Diagnosis(
        "prints_instead_of_returning",
        explanation={
            "es": "Tu función muestra el resultado en pantalla, pero no lo devuelve: quien la llama recibe None.",
            "en": "Your function shows the result on the screen but does not return it: its caller gets None.",
        },
        next_step="prints",
        teach_again={
            "es": "La diferencia entre mostrar (print) y devolver (return).",
            "en": "The difference between showing (print) and returning (return).",
        },
    ),
    Diagnosis(
        "transposed",
        explanation={
            "es": "Los números son los correctos, pero con filas y columnas cambiadas.",
            "en": "The numbers are right, but rows and columns have changed places.",
        },
        next_step="shape",
        teach_again={
            "es": "Las muestras van en filas: qué eje es cuál.",
            "en": "Samples are rows: which axis is which.",
        },
    ),
    Diagnosis(
        "has_an_extra_axis",
        explanation={
            "es": "Los números son los correctos, pero vienen con un eje de más.",
            "en": "The numbers are right, but they come with one axis too many.",
        },
        next_step="shape",
        teach_again={"es": "Formas: (n,) no es (1, n) ni (n, 1).", "en": "Shapes: (n,) is neither (1, n) nor (n, 1)."},
    ),
    Diagnosis(
        "flattens_the_batch",
        explanation={
            "es": "Los números son los correctos, pero se perdió un eje por el camino: las muestras quedaron juntas.",
            "en": "The numbers are right, but an axis was lost on the way: the samples ran together.",
        },
        next_step="shape",
        teach_again={
            "es": "Qué eje desaparece al sumar, y keepdims.",
            "en": "Which axis a sum takes away, and keepdims.",
        },
    ),
    Diagnosis(
        "changes_its_arguments",
        explanation={
            "es": "El resultado es correcto, pero tu función modifica el arreglo que le dieron.",
            "en": "The result is right, but your function modifies the array it was given.",
        },
        next_step="changed_arguments",
        teach_again={
            "es": "Un arreglo se comparte, no se copia: += lo cambia también para quien llamó.",
            "en": "An array is shared, not copied: += changes it for the caller, too.",
        },
    ),
    Diagnosis(
        "truncates_to_integers",
        explanation={
            "es": "Salen números enteros donde debía haber decimales: en algún paso se pierde lo que va "
            "detrás del punto.",
            "en": "Whole numbers come out where there should be decimals: some step loses what follows the point.",
        },
        teach_again={
            "es": "Enteros y decimales en NumPy: // y los arreglos de enteros.",
            "en": "Whole numbers and decimals in NumPy: // and arrays of whole numbers.",
        },
    ),
    Diagnosis(
        "overflows",
        explanation={
            "es": "Con números grandes algún paso intermedio se desborda, aunque el resultado final sí cabe.",
            "en": "With large numbers some step on the way overflows, although the final result does fit.",
        },
        next_step="warned",
        teach_again={
            "es": "Qué números caben en un float, y reescribir la fórmula para que los pasos quepan.",
            "en": "Which numbers fit in a float, and rewriting a formula so that its steps do.",
        },
    ),
    Diagnosis(
        "has_the_other_sign",
        explanation={
            "es": "Los números son los correctos con el signo contrario.",
            "en": "The numbers are right with the opposite sign.",
        },
        teach_again={"es": "De dónde sale el signo de la fórmula.", "en": "Where the formula's sign comes from."},
    ),
    Diagnosis(
        "wrong_by_a_factor",
        explanation={
            "es": "Todo sale multiplicado por un mismo número: falta un factor, o sobra.",
            "en": "Everything comes out multiplied by one and the same number: a factor is missing, or one too many.",
        },
        teach_again={
            "es": "De dónde sale cada factor: el ½, la media sobre el lote.",
            "en": "Where each factor comes from: the ½, the mean over the batch.",
        },
    ),
    Diagnosis(
        "works_on_one_sample_only",
        explanation={
            "es": "Con una muestra funciona; con un lote de varias filas, no.",
            "en": "With one sample it works; with a batch of several rows it does not.",
        },
        next_step="batch",
        teach_again={
            "es": "De una muestra a un lote: la misma operación fila por fila.",
            "en": "From one sample to a batch: the same operation row by row.",
        },
    ),
    Diagnosis(
        "right_on_public_cases_only",
        explanation={
            "es": "Pasa las pruebas que ves y ninguna de las que no ves: ¿depende de los números de esos ejemplos?",
            "en": "It passes the cases you see and none of the others: does it depend on the numbers of the examples?",
        },
        next_step="value",
        teach_again={
            "es": "Los ejemplos explican la función; no son la función.",
            "en": "Examples explain the function; they are not the function.",
        },
    ),
)
GENERAL = {diagnosis.id: diagnosis for diagnosis in _GENERAL}
UNANSWERED = tuple(diagnosis.id for diagnosis in _GENERAL if not diagnosis.answered)
