"""Rows and reads of who looked at the personal data of dossiers."""
