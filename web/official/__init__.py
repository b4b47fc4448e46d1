"""Papers in the official layout: what a feature has to say, set as DOCX or as PDF."""
