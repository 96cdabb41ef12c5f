"""What is for sale: categories, attributes, products and their revisions, variants, prices and texts per language."""
