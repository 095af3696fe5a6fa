"""What code may use and still leave nothing behind: names of Python and NumPy that give the same for the same.

These are lists of what is allowed. What is not in them counts as able to do anything.
"""

import builtins
import cmath
import itertools
import math
from collections.abc import Mapping

import numpy as np


def _is_exception(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Exception)


_BUILTINS = """
abs all any bool complex dict divmod enumerate filter float int isinstance len list map max min pow print range
reversed round set sorted str sum tuple zip
"""
_NUMPY = """
all allclose amax amin any append arange argmax argmin argsort argwhere around array array_equal array_equiv
array_split asarray ascontiguousarray atleast_1d atleast_2d atleast_3d average bincount block bool_ broadcast_arrays
broadcast_to clip column_stack complex128 concatenate convolve copy count_nonzero cross cumprod cumsum delete diag
diagonal diff dot e einsum errstate expand_dims eye finfo flatnonzero flip fliplr flipud float16 float32 float64
floating full full_like generic gradient histogram hstack identity imag indices inf inner int16 int32 int64 int8
integer interp intp isclose iscomplex iscomplexobj isin isreal isrealobj isscalar kron linspace max mean median
meshgrid min moveaxis nan nanmax nanmin nansum ndarray ndenumerate ndim ndindex newaxis nonzero number ones ones_like
outer percentile pi prod ptp quantile ravel ravel_multi_index real repeat reshape result_type roll rot90 round
searchsorted select shape size sort split squeeze stack std sum swapaxes take take_along_axis tensordot tile trace
transpose trapezoid tril triu uint8 unique unravel_index var vdot vstack where zeros zeros_like
"""
_LINALG = """
LinAlgError cholesky cond det eig eigh eigvals eigvalsh inv lstsq matrix_norm matrix_power matrix_rank multi_dot norm
pinv qr slogdet solve svd vector_norm
"""
_OPERATOR = """
add and_ eq floordiv ge getitem gt invert itemgetter le lt matmul mod mul ne neg not_ or_ pos pow sub truediv xor
"""
_TYPING = "Any Callable Dict Iterable List Mapping Optional Sequence Tuple Union"
_ABSTRACT = "Callable Collection Iterable Iterator Mapping Sequence"

PURE_BUILTINS = frozenset(
    [*_BUILTINS.split(), *(kind.__name__ for kind in vars(builtins).values() if _is_exception(kind))]
)
"""What leaves nothing behind, and gives the same for the same."""

_UFUNCS = [name for name, value in vars(np).items() if isinstance(value, np.ufunc)]
PURE_OF: Mapping[str, frozenset[str]] = {
    "numpy": frozenset([*_NUMPY.split(), *_UFUNCS]),
    "numpy.linalg": frozenset(_LINALG.split()),
    "numpy.typing": frozenset(["ArrayLike", "NDArray"]),
    "math": frozenset(vars(math)),
    "cmath": frozenset(vars(cmath)),
    "itertools": frozenset(vars(itertools)),
    "functools": frozenset(["reduce"]),
    "operator": frozenset(_OPERATOR.split()),
    "typing": frozenset(_TYPING.split()),
    "collections.abc": frozenset(_ABSTRACT.split()),
}
"""The same of modules. Of no other name of these may anything be read, as modules lead to other modules."""

_HARMLESS = """
collections copy dataclasses datetime fractions math matplotlib matplotlib.pyplot os pandas pathlib random re scipy
scipy.linalg scipy.special string sys time warnings
"""
HARMLESS_MODULES = frozenset([*PURE_OF, *_HARMLESS.split()])
"""Modules that change nothing for others when they are imported; what is in them may do anything."""

REACHES_ALL = frozenset(
    ("__builtins__", "__import__", "compile", "delattr", "eval", "exec", "globals", "locals", "setattr", "vars")
)
_REFUSED = """
ag_code ag_frame cr_code cr_frame ctypes f_back f_builtins f_code f_globals f_locals f_trace gi_code gi_frame
gi_yieldfrom register resize tb_frame tb_next
"""
REFUSED_ATTRIBUTES = frozenset(_REFUSED.split())
"""Attributes that lead from a value to all that there is, or let one write where it should not."""
