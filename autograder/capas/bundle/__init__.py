"""From a stage's plain files to what students receive and what grades them."""

from capas.bundle.build import Built, build_stage, drawings_of, write_bundle

__all__ = ["Built", "build_stage", "drawings_of", "write_bundle"]
