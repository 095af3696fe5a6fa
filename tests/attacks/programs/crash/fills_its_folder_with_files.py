"""A program that fills its folder with files.

earns = 5.0
"""

import time

for number in range(100):
    with open(str(number), "wb") as file:
        file.write(b"x" * 2**18)
    time.sleep(0.02)
done()
