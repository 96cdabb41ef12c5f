"""The cart, and the one place that coordinates a purchase."""
