"""Who moves: the carrier of every move, its identifiers, its operator, and what it has aboard."""
