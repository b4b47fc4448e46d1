"""Looking at personal data of dossiers: who may, and that it leaves a trace."""
