"""Rows of evidence, and where its files are kept."""
