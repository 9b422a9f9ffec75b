"""The pages of homes and lists."""
