"""Promises at their full figures, against served markets with real processes; `make prove` runs them."""
