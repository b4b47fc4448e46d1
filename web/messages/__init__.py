"""The inbox, the words of notices, and letters by e-mail."""
