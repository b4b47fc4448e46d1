"""Doors to escalation: rules, the inspectors' desk, commands."""
