"""What makers see, on a phone."""
