"""The pages of the sign-off, by what one does there."""
