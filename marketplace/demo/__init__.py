"""Demo shops, goods, reviews and picks, all invented, and the readers that check them."""
