"""A program that takes all memory bit by bit.

earns = 5.0
stopped_by = ["rlimits"]
harm = "gets through"
dangerous = true
"""

kept = []
while len(kept) < 480:
    kept.append(bytes(bytearray(b"x") * 2**20))
done(len(kept))
