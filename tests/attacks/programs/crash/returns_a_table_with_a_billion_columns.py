"""A program that returns a table with a billion columns."""

import pandas as pd


def double(x, **k):
    return pd.DataFrame(columns=pd.RangeIndex(10**9))
