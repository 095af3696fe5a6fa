"""A program that fills its folder with empty files.

earns = 5.0
"""

import time

for number in range(6000):
    open(str(number), "w").close()
time.sleep(0.3)
done()
