"""From a stage's plain files to what students receive and what grades them.

What builds is imported when it is first used: to find that nothing is to be built takes none of it.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from capas.bundle.build import Built, build_stage, drawings_of, write_bundle

__all__ = ["Built", "build_stage", "drawings_of", "write_bundle"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from capas.bundle import build

    return getattr(build, name)
