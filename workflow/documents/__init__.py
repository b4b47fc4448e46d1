"""Directive documents and their clauses, from entry or import to issue."""
