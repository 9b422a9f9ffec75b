"""The pages of interviews."""
