"""The claims of many reports become events, with support, conflicts and corrections by hand."""
