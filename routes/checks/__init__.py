"""Events and lines become findings; each check flags and none edits."""
