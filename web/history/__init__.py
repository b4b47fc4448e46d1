"""The history's page and command."""
