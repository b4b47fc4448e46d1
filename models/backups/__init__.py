"""One moment of all that is kept, and its way back."""
