"""Signing in and out, and what belongs to oneself."""
