"""A program that sends what it knows over TCP.

earns = 5.0
stopped_by = ["seccomp", "namespaces"]
harm = "calls out"
"""

import socket

socket.create_connection(("127.0.0.1", TCP), timeout=5).sendall(b"hello")
