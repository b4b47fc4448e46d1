"""Bringing a file of dossiers in through the pages: tried first, then taken in; and profiles."""
