"""Handing goods over: parcels, tracking numbers, delivery."""
