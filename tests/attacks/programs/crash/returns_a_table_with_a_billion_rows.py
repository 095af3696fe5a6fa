"""A program that returns a table with a billion rows that take no room."""

import pandas as pd


def double(x, **k):
    return pd.DataFrame(index=pd.RangeIndex(10**9))
