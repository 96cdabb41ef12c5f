"""Drawn product pictures: one light, one seed per item, SVG drawn here and kept as WebP."""
