"""What an agency shows for its work, and what may be uploaded."""
