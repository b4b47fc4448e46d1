"""Pages on which one paper serves many directives."""
