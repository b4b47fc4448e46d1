"""When a directive is due: what the document's words say, what the calendar makes of it."""
