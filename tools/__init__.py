"""What one runs by hand or from the Makefile; no part of the market."""
