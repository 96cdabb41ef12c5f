"""Zones, couriers, chargeable weight and rates."""
