"""When repeated violations rise to the inspectors: rules, episodes, and why (product.md §6)."""
