"""Rows and reads of the outbox, the inbox and what went out by e-mail."""
