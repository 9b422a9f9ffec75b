"""The pages of worries, by what one does there."""
