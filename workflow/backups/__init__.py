"""What a backup says of itself, and when it may be put back."""
