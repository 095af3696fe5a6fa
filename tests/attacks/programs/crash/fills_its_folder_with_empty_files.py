"""A program that fills its folder with empty files.

keeps = false
"""

import time

for number in range(6000):
    open(str(number), "w").close()
time.sleep(0.3)
done()
