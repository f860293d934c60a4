"""The names of places in a report, what they mean, and the places that sentences point to without naming them."""
