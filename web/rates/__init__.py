"""The page of on-time rates, and the same as a file."""
