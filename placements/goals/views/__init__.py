"""The pages of learning goals."""
