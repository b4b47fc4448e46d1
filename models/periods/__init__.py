"""Rows of reporting periods, what use cases ask of them, and reads for pages."""
