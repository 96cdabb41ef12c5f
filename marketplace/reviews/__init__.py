"""What buyers say of goods they bought, and the seller's one reply."""
