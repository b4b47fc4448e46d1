"""Rows and reads of agencies, names, groups and successors."""
