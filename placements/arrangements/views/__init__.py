"""The pages of arrangements."""
