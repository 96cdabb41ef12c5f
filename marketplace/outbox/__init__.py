"""Effects to perform after commit: rows written with the fact, leased and performed by the worker."""
