"""Who is told what a proof is doing, while it does."""


class Watcher:
    """Is told what begins, and of each submission that is done. This one keeps it to itself."""

    def begins(self, step: str, count: int = 0) -> None:
        """Take note that a step begins, with ``count`` submissions; 0 where it is about none."""

    def done(self) -> None:
        """Take note that one more submission of the step is done."""
