"""The doors: pages, commands and (later) the API. Nothing here decides; it parses, calls, renders."""
