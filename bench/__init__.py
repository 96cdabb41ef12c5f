"""Proof of speed: our own client against the served market, beside a floor in the same run."""
