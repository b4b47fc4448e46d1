"""Backups: taken while everybody works, put back on an empty installation."""
