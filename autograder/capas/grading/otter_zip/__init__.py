"""Cases from any Otter `autograder.zip`: the other source beside `capas.grading.stage`.

How the data flow: `archive` opens the zip, `config` reads its settings, `test_files` its cases, and `bundle` makes one
plain structure of it all, or says in one sentence why it cannot be graded here. `grader` grades one submission:
`run` has a notebook run as Otter would and, whenever a check is due, has `judging` judge the cases of that test on
the notebook as it is at that moment, outside where the names that a case reads are plain (`reading` finds them),
else beside it. `maker` makes graders, as `run/` takes them.
"""
