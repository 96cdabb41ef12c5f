"""The three languages: which one to speak, the words, and how numbers, money and dates are written. No framework."""
