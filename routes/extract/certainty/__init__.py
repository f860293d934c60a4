"""What the words round a clause decide of it: planned, tried, denied, hedged, and who says so."""
