"""Entering, importing, previewing and issuing documents."""
