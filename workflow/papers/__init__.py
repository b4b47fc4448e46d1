"""One paper, many lines: acts on several directives at once, letters that urge, known papers."""
