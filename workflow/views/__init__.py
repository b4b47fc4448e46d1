"""Views of lists that people keep under a name and send to each other."""
