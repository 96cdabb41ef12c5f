"""Public images by content hash, private documents behind a policy, and the port to where bytes are kept."""
