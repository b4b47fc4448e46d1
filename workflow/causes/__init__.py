"""Why dossiers run late: who held the time, which step broke its limit, which cause it was."""
