"""A program that starts threads that start threads.

earns = 5.0
stopped_by = ["uid", "userns"]
harm = "gets through"
dangerous = true
"""

import threading, time

threading.stack_size(65536)
for _ in range(60):
    threading.Thread(target=time.sleep, args=(1.0,), daemon=True).start()
done(threading.active_count())
