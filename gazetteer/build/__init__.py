"""Sources become the compiled gazetteer file; runs when the package is built."""
