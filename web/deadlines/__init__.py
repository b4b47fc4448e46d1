"""Reading deadline phrases: the live preview and the command."""
