"""The directive: its life from assigned to verified, one table of actions."""
