"""A program that returns a list and a dict that hold themselves."""


def double(x, **k):
    items, names = [], {}
    items.append(items)
    names["me"] = names
    return [items, names]
