"""Rows, registers and reads of rules and escalations."""
