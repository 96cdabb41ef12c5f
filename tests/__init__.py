"""Proof of behaviour."""
