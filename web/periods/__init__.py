"""Pages of reporting periods of standing work."""
