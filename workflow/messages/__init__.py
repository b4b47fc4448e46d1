"""Notices: what is told to whom, on which day, in office hours."""
