"""Values everything else is made of: money, weight, ids, time, refusals. Imports nothing of ours and no framework."""
