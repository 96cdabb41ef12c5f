"""What is for sale: categories, attributes, products and their revisions, variants, texts, and how they are found."""
