"""Dossiers of the one-stop shop: how a file's rows become them, and whether they were on time."""
