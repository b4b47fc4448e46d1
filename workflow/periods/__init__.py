"""Reporting periods of ongoing and recurring directives (product.md, section 3)."""
