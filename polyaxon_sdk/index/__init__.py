"""Many runs: a database derived from their records, which may be deleted at any time."""
