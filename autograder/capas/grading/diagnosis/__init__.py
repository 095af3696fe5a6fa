"""Why a question failed: a mistake of the catalogue, or a general kind of error."""
