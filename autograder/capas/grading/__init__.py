"""Cases and cells in, a result out, with its diagnosis."""
