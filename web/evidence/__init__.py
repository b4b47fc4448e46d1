"""Sending evidence to those who may read it."""
