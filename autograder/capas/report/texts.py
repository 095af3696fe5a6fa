"""The sentences of feedback and report, in the languages of the course."""

from capas.texts import program_texts
from capas.texts.points import points_text

STUDENT: dict[str, dict[str, str]] = {
    "feedback": {"es": "Comentarios a tu entrega", "en": "Feedback on your work"},
    "file": {"es": "Archivo", "en": "File"},
    "score": {"es": "{score} de {points} puntos", "en": "{score} of {points} points"},
    "all_right": {
        "es": "Todo está bien: pasan todas las pruebas de todas las preguntas.",
        "en": "Everything is right: all cases of all questions pass.",
    },
    "begin_with": {
        "es": "Te faltan {missing}. Empieza por «{question}»: es donde más hay que ganar.",
        "en": "You are {missing} short. Begin with “{question}”: it has most to gain.",
    },
    "not_graded": {"es": "No se pudo calificar", "en": "It could not be graded"},
    "load_error": {"es": "Al ejecutar tu código", "en": "When your code was run"},
    "load_advice": {
        "es": "Reinicia el núcleo y ejecuta todo de arriba abajo: debe terminar sin errores.",
        "en": "Restart the kernel and run everything from top to bottom: it must end without errors.",
    },
    "hand_in_again": {
        "es": "Corrige eso, comprueba que las pruebas públicas funcionan y vuelve a entregar.",
        "en": "Mend that, see that the public cases run, and hand it in again.",
    },
    "overview": {"es": "De un vistazo", "en": "At a glance"},
    "question": {"es": "Pregunta", "en": "Question"},
    "points": {"es": "Puntos", "en": "Points"},
    "state": {"es": "Estado", "en": "State"},
    "full": {"es": "completa", "en": "complete"},
    "partial": {"es": "en parte", "en": "in part"},
    "none": {"es": "todavía no", "en": "not yet"},
    "all_pass": {"es": "Pasan todas las pruebas: {public} y {hidden}.", "en": "All cases pass: {public} and {hidden}."},
    "carried": {
        "es": "Aquí se juzgó con las otras funciones de la tarea correctas: un error de otra pregunta no te quita "
        "puntos dos veces.",
        "en": "This was judged with the other functions of the assignment right: an error in another question does "
        "not cost you points twice.",
    },
    "diagnosis": {"es": "Lo que parece que pasa", "en": "What seems to be the matter"},
    "cases": {"es": "Pruebas", "en": "Cases"},
    "case": {"es": "Prueba {number}", "en": "Case {number}"},
    "hidden_case": {"es": "{count} de las ocultas", "en": "{count} of the hidden ones"},
    "hidden": {
        "es": "Pruebas ocultas: {passed} de {total}",
        "en": "Hidden cases: {passed} of {total}",
    },
    "passes": {"es": "pasa", "en": "passes"},
    "pass": {"es": "pasan", "en": "pass"},
    "fails": {"es": "no pasa", "en": "fails"},
    "picture": {"es": "En un dibujo", "en": "In a picture"},
    "next": {"es": "Qué probar ahora", "en": "What to try next"},
    "try_case": {
        "es": "Empieza por la prueba {number}: repite esa llamada en una celda aparte, haz la cuenta a mano y busca el "
        "primer paso en que te separas.",
        "en": "Begin with case {number}: make the same call in a cell of its own, work it out by hand, and look for "
        "the first step where you part from it.",
    },
    "hints": {
        "es": "Abre las pistas de «{title}» en el enunciado, de una en una.",
        "en": "Open the hints of “{title}” in the assignment, one at a time.",
    },
    "notebook_place": {"es": "Los detalles están junto a cada función.", "en": "The details are beside each function."},
    "not_found": {
        "es": "No encuentro esta función en tu archivo.",
        "en": "This function is not to be found in your file.",
    },
    "mine": {"es": "tu {name}", "en": "your {name}"},
    "mine_outside": {"es": "tu {name} (se sale del dibujo)", "en": "your {name} (leaves the picture)"},
    "right": {"es": "lo correcto", "en": "what is right"},
    "element": {"es": "elemento", "en": "element"},
    "curve_departs": {
        "es": "{title}, en línea continua, y lo correcto, en línea de trazos. Se separan entre {axis} = {first} y "
        "{axis} = {last}, en la zona marcada.",
        "en": "{title}, solid, and what is right, dashed. They part between {axis} = {first} and {axis} = {last}, "
        "in the marked zone.",
    },
    "curve_departs_at": {
        "es": "{title}, en línea continua, y lo correcto, en línea de trazos. Se separan en {axis} = {first}.",
        "en": "{title}, solid, and what is right, dashed. They part at {axis} = {first}.",
    },
    "bars_depart": {
        "es": "{title}, en barras llenas: {values}. Lo correcto, en barras vacías: {right}.",
        "en": "{title}, solid bars: {values}. What is right, empty bars: {right}.",
    },
}

NEXT: dict[str, dict[str, str]] = {
    "value": {
        "es": "Pruébala con números que puedas calcular a mano y que no estén en los ejemplos: filas distintas entre "
        "sí, una sola fila, negativos, enteros, listas.",
        "en": "Try it with numbers that you can work out by hand and that are not in the examples: rows that differ, "
        "a single row, negative numbers, whole numbers, lists.",
    },
    "shape": {
        "es": "Mira la forma (.shape) de lo que devuelves con una muestra, con una fila y con varias filas.",
        "en": "Look at the shape (.shape) of what you return for one sample, for one row and for several rows.",
    },
    "warned": {
        "es": "Llámala con números muy grandes y muy negativos y mira qué paso intermedio deja de caber.",
        "en": "Call it with very large and very negative numbers and see which step on the way no longer fits.",
    },
    "changed_arguments": {
        "es": "Guarda una copia del argumento antes de llamar a tu función y compárala con él después.",
        "en": "Keep a copy of the argument before you call your function and compare the two afterwards.",
    },
    "raised": {
        "es": "Llámala con una muestra, con una fila, con varias, con enteros y con listas hasta que falle, y lee la "
        "última línea del error.",
        "en": "Call it with one sample, one row, several rows, whole numbers and lists until it fails, and read the "
        "last line of the error.",
    },
    "timeout": {
        "es": "Sigue el bucle a mano dos vueltas: ¿qué cambia en cada una para que un día termine?",
        "en": "Follow the loop by hand for two rounds: what changes in each, so that it ends one day?",
    },
    "crashed": {
        "es": "Busca lo que cierra el programa: exit(), quit(), una recursión sin fin, o demasiada memoria.",
        "en": "Look for what shuts the program down: exit(), quit(), endless recursion, or too much memory.",
    },
    "nothing": {
        "es": "Sigue la función con el dedo: ¿todos los caminos llegan a un return?",
        "en": "Follow the function with a finger: does every way through it reach a return?",
    },
    "type": {
        "es": "Mira con type() qué devuelves: deben ser números o un arreglo de números.",
        "en": "Look with type() at what you return: it must be numbers or an array of numbers.",
    },
    "missing": {
        "es": "Comprueba que la función se llama como en el enunciado y que su celda se ejecuta sin errores.",
        "en": "See that the function is named as in the assignment and that its cell runs without errors.",
    },
    "fill_in": {
        "es": "Complétala, o revisa su return, y empieza por el ejemplo hecho a mano del enunciado.",
        "en": "Complete it, or look at its return, and begin with the example worked by hand in the assignment.",
    },
    "not_a_function": {
        "es": "Busca dónde das otro valor al nombre de la función.",
        "en": "Look for the place where you give the function's name another value.",
    },
    "did_not_raise": {
        "es": "Relee el enunciado: ¿con qué argumentos pide un error?",
        "en": "Read the assignment again: for which arguments does it ask for an error?",
    },
    "property": {
        "es": "Relee qué debe cumplir el resultado y compruébalo tú en una celda, con varios ejemplos tuyos.",
        "en": "Read again what must hold for the result, and check that in a cell with examples of your own.",
    },
    "prints": {
        "es": "Guarda en una variable lo que devuelve tu función y muéstrala: ¿qué contiene?",
        "en": "Keep what your function returns in a variable and show it: what does it hold?",
    },
    "batch": {
        "es": "Llámala con dos filas distintas y compara cada fila del resultado con la de la fila sola.",
        "en": "Call it with two different rows and compare each row of the result with that of the row alone.",
    },
}
NEXT["judge"] = NEXT["value"]

CLASS: dict[str, dict[str, str]] = {
    "title": {"es": "Informe de la clase", "en": "Report on the class"},
    "graded": {"es": "calificadas", "en": "graded"},
    "submissions": {"es": "entregas", "en": "submissions"},
    "mean": {"es": "media", "en": "mean"},
    "median": {"es": "mediana", "en": "median"},
    "full_score": {"es": "con todos los puntos", "en": "with full marks"},
    "of_points": {"es": "de {points} puntos", "en": "of {points} points"},
    "before": {"es": "Antes de la próxima clase", "en": "Before the next lecture"},
    "before_text": {
        "es": "Los malentendidos más frecuentes, con las palabras que ya leyó quien los tiene.",
        "en": "The most common misunderstandings, in the words that those who have them have read already.",
    },
    "no_misunderstandings": {
        "es": "Ningún malentendido conocido en estas entregas.",
        "en": "No known misunderstanding in these submissions.",
    },
    "again": {"es": "Volver a explicar", "en": "Explain again"},
    "slide": {"es": "Diapositiva", "en": "Slide"},
    "times": {"es": "{count} de {total} entregas", "en": "{count} of {total} submissions"},
    "distribution": {"es": "Las notas", "en": "Scores"},
    "distribution_alt": {
        "es": "Histograma de las notas de {count} entregas calificadas: {bins}.",
        "en": "Histogram of the scores of {count} graded submissions: {bins}.",
    },
    "bin": {"es": "de {low} a {high} puntos, {count}", "en": "{low} to {high} points, {count}"},
    "bin_axis": {"es": "puntos", "en": "points"},
    "count_axis": {"es": "entregas", "en": "submissions"},
    "questions": {"es": "Las preguntas", "en": "Questions"},
    "questions_text": {
        "es": "Sobre las {count} entregas calificadas. Los encabezados ordenan la tabla.",
        "en": "Of the {count} graded submissions. Headings sort the table.",
    },
    "question": {"es": "Pregunta", "en": "Question"},
    "average": {"es": "Media", "en": "Average"},
    "success": {"es": "Completa", "en": "Full marks"},
    "no_marks": {"es": "En cero", "en": "Zero"},
    "unanswered": {"es": "Sin respuesta", "en": "No answer"},
    "unanswered_note": {
        "es": "Sin respuesta: la función no existe, o devuelve None en todo lo que falla; puede estar sin empezar o "
        "faltarle el return. Arrastrado: se juzgó con las otras funciones correctas, para no descontar dos veces el "
        "mismo error.",
        "en": "No answer: the function does not exist, or returns None in all that fails; it may not have been begun, "
        "or lack its return. Carried forward: judged with the other functions right, so that no error costs points "
        "twice.",
    },
    "carried": {"es": "Arrastrado", "en": "Carried forward"},
    "commonest": {"es": "Malentendido más frecuente", "en": "Most common misunderstanding"},
    "misunderstandings": {"es": "Todos los malentendidos", "en": "All misunderstandings"},
    "misunderstanding": {"es": "Malentendido", "en": "Misunderstanding"},
    "how_many": {"es": "Entregas", "en": "Submissions"},
    "undiagnosed": {
        "es": "Respuestas con fallos y sin diagnóstico: {count}.",
        "en": "Answers that fail without a diagnosis: {count}.",
    },
    "by_hand": {"es": "Para mirar a mano", "en": "To look at by hand"},
    "nothing_by_hand": {"es": "Ninguna entrega lo necesita.", "en": "No submission needs it."},
    "why": {"es": "Por qué", "en": "Why"},
    "submission": {"es": "Entrega", "en": "Submission"},
    "score": {"es": "Nota", "en": "Score"},
    "status": {"es": "Estado", "en": "Status"},
    "comments": {"es": "Comentarios", "en": "Feedback"},
    "all_submissions": {"es": "Todas las entregas", "en": "All submissions"},
    "same_file": {"es": "El mismo archivo que {others}", "en": "The same file as {others}"},
    "same_code": {
        "es": "Las mismas respuestas que {others}, salvo espacios y comentarios",
        "en": "The same answers as {others}, but for spaces and comments",
    },
    "copies_note": {
        "es": "Dos respuestas iguales no prueban nada por sí solas: en una tarea corta puede ser casualidad.",
        "en": "Two equal answers prove nothing by themselves: in a short assignment that may be chance.",
    },
    "only_same_files": {
        "es": "Aquí solo se comparan archivos enteros; con --submissions se comparan también las respuestas.",
        "en": "Only whole files are compared here; with --submissions answers are compared, too.",
    },
    "never_ends": {"es": "no termina a tiempo", "en": "does not finish in time"},
    "ends_the_program": {"es": "cierra el programa", "en": "shuts the program down"},
    "nothing_answered": {"es": "Ninguna pregunta respondida", "en": "No question answered"},
    "run": {"es": "La ejecución", "en": "The run"},
    "isolation": {
        "es": "Aislamiento del código: nivel {level} de {most} ({layers}) en {count}.",
        "en": "Isolation of the code: level {level} of {most} ({layers}) for {count}.",
    },
    "isolation_note": {
        "es": "capas doctor explica qué protege cada nivel.",
        "en": "capas doctor explains what each level protects.",
    },
    "took": {
        "es": "La última ejecución de capas grade tardó {seconds} s en {count}, con {workers} procesos; lo que ya "
        "estaba calificado no se repite.",
        "en": "The last run of capas grade took {seconds} s for {count}, with {workers} processes; what was graded "
        "already is not done again.",
    },
    "no_times": {
        "es": "Cuánto tardó no se sabe: solo lo guarda capas grade.",
        "en": "How long it took is not known: only capas grade keeps that.",
    },
    "made_by": {"es": "Hecho con capas {version}.", "en": "Made with capas {version}."},
}

STATUS: dict[str, dict[str, str]] = {
    "graded": {"es": "calificada", "en": "graded"},
    "unreadable": {"es": "ilegible", "en": "unreadable"},
    "timed out": {"es": "fuera de tiempo", "en": "timed out"},
    "crashed": {"es": "se cerró", "en": "crashed"},
}

COUNTED: dict[str, dict[str, tuple[str, str]]] = {
    "point": {"es": ("1 punto", "{count} puntos"), "en": ("1 point", "{count} points")},
    "submission": {"es": ("1 entrega", "{count} entregas"), "en": ("1 submission", "{count} submissions")},
    "public": {"es": ("1 pública", "{count} públicas"), "en": ("1 public", "{count} public")},
    "hidden": {"es": ("1 oculta", "{count} ocultas"), "en": ("1 hidden", "{count} hidden")},
}

# Of a hidden case of which no kind is known.
HIDDEN_UNKNOWN = {
    "es": "Tu función no hace lo que pide el enunciado.",
    "en": "Your function does not do what the assignment asks for.",
}
_HIDDEN_START = {"es": "Prueba oculta: ", "en": "Hidden case: "}


def hidden_sentence(kind: str, language: str) -> str:
    """Return what a student may know of a hidden case that failed as ``kind``, without its opening words."""
    text = program_texts(language).get(f"hidden_{kind}", HIDDEN_UNKNOWN[language]).removeprefix(_HIDDEN_START[language])
    return text[0].upper() + text[1:]


def counted(noun: str, count: float, language: str) -> str:
    """Return a number with its noun: one point, two points."""
    one, many = COUNTED[noun][language]
    return one if count == 1 else many.format(count=points_text(count))
