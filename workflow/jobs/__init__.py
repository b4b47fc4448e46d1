"""Background work: jobs that are claimed, retried and buried, and the ledger of what ran."""
