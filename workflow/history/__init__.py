"""The append-only history and the chain that proves it whole."""
