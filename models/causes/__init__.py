"""Rows and reads of the causes of lateness, and of who looked at whose dossier."""
