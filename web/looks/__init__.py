"""Looking at an applicant's name, searching by it, and who did so."""
