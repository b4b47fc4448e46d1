"""The doors: pages and commands. Nothing here decides; it parses, calls, renders."""
