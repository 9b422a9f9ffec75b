"""The pages of the induction."""
