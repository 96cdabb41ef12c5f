"""Papers as PDF. Labels and slips are made from current rows, in the request, and nothing of them is stored."""
