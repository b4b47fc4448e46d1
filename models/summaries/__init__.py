"""Reads of the Friday report: directives as they stood at the end of a period, counted in SQL."""
