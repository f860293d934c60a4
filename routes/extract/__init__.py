"""A report becomes claims: places, movements and deployments, each with its evidence."""
