"""Many submissions: processes, cluster, journal, and the folder of results."""
