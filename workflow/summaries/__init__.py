"""The Friday report: what was given, what became of it, agency by agency, over any period."""
