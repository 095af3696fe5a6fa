"""Canvas: import packages, the gradebook's CSV, feedback for its submissions, and its API."""
