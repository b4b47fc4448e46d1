"""The first page: what waits, what is late, what changed."""
