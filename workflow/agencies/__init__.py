"""The tree of agencies by date, their names, groups and successors."""
