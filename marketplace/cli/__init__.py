"""Commands for those who run the market."""
