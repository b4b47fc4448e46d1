"""Pages that bring a file of dossiers in, and build the profiles by which it is read."""
