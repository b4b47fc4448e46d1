"""Pages and commands of the working calendar."""
