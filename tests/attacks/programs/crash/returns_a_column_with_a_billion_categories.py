"""A program that returns a column with a billion categories."""

import pandas as pd


def double(x, **k):
    return pd.Series(pd.Categorical.from_codes([0], categories=pd.RangeIndex(10**9)))
