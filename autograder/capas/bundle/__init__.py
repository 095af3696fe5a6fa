"""From a stage's plain files to what students receive and what grades them."""
