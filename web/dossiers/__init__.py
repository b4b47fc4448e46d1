"""Pages of dossiers: the list, the file of one, rates, imports and profiles."""
