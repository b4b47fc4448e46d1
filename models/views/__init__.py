"""Rows and reads of kept views."""
