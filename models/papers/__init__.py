"""Papers as they are kept, and what their pages read."""
