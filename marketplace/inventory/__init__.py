"""Stock as a ledger: what is on hand, what is held for unpaid orders, what is sold and not yet handed over."""
