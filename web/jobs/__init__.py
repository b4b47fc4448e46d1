"""Background work: the engine, the handlers, the night's steps, the status page."""
