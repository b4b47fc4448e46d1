"""The inspectors' desk: what becomes of repeated violations once they fired."""
