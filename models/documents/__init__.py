"""Rows and reads of documents and clauses."""
