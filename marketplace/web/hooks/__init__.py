"""Health, readiness, and signed calls from outside."""
