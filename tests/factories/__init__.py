"""Functions that make rows with honest defaults. They flush, never commit."""
