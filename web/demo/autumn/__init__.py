"""The demo of autumn 2025: the same province on its two tiers."""
