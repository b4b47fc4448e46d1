"""Rows and reads of accounts, memberships and sign-in attempts."""
