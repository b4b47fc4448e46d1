"""Signing in, one's own account, and the admin's pages of people."""
