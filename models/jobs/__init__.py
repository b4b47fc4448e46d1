"""Rows and reads of jobs, nights and the ledger of runs."""
