"""Report text → blocks, sentences and parses; the verb group, the noun phrase and the numbers in them."""
