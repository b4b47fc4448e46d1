"""Rows and reads of files that were brought, and of profiles made on a page."""
