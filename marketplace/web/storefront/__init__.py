"""What buyers see, in three languages."""
