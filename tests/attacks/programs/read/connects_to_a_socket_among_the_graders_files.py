"""A program that connects to a socket among the grader's files.

earns = 5.0
stopped_by = ["seccomp"]
harm = "calls out"
"""

import socket

socket.socket(socket.AF_UNIX).connect(SOCKET)
