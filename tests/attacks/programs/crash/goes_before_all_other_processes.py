"""A program that goes before all other processes.

earns = 5.0
stopped_by = ["uid", "seccomp", "userns"]
harm = "gets through"
needs = ["CAP_SYS_NICE"]
"""

import os

os.setpriority(os.PRIO_PROCESS, 0, -20)
done(os.getpriority(os.PRIO_PROCESS, 0))
