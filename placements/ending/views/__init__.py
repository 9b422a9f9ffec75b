"""Pages of the end of a placement."""
