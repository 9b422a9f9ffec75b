"""The pages of review forms."""
