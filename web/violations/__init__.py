"""Pages and commands of violations."""
