"""How goods are found: one row per product and language, facets, words with their typos, synonyms."""
