"""Import profiles that are shipped: one TOML file for each kind of file (docs/dossiers.md)."""
