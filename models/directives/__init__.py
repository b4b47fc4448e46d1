"""Rows and reads of directives, and the memory their use cases ask for."""
