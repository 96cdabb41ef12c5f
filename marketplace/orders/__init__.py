"""What a buyer placed and each seller's part of it: lines, totals, lifecycle, the four facts, the timeline."""
