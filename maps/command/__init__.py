"""What the commands of the command line share: their options, and what they say on a terminal."""
