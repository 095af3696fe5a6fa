"""A program that starts a program.

earns = 5.0
stopped_by = ["landlock", "seccomp"]
harm = "gets through"
"""

import subprocess

subprocess.Popen(["/bin/sleep", "98765.4321"])
done()
