"""The pages of self-assessment."""
