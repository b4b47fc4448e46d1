"""Pages and commands of agencies."""
