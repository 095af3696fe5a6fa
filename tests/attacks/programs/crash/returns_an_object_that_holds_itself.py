"""A program that returns an object that holds itself."""


class Thing:
    def __init__(self):
        self.me = self
        self.list = [self]
        self.list.append(self.list)

    def __iter__(self):
        return iter([self])

    def __len__(self):
        return len(self)


def double(x, **k):
    return Thing()
