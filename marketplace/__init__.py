"""The marketplace: see architecture of the house in README.md."""
