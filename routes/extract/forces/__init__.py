"""Forces at places: who, how many, where, and whether there, sent, kept or withdrawn."""
