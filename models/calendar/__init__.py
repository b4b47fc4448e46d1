"""Rows and reads of the calendar's table of days."""
