"""The pages of review meetings."""
