"""Rows, loading and reads of dossiers."""
