"""The pages of setting up a placement."""
