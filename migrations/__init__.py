"""Changes of the database's shape, up and down, on SQLite and PostgreSQL alike."""
