"""What broke a rule, from its first sign to its judgement (product.md §5)."""
