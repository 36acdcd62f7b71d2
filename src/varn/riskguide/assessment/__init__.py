"""Steps 2 and 3 of the risk guide: a group that answers alone first and then together, the result, and what happened."""
