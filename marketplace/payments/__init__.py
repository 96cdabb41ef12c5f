"""Money: payments and their events, shares per sub-order, refunds, the double-entry ledger, what needs attention."""
