"""Rows of the history and its anchored head."""
