"""Rows and reads of violations, and their detection set by set."""
