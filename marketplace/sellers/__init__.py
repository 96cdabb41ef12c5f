"""Shops and the people in them, their story, permits and holidays."""
