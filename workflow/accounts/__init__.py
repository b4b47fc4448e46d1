"""Who may act: people, the roles they hold in agencies, and for how long."""
