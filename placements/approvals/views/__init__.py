"""The pages of deciding weeks."""
