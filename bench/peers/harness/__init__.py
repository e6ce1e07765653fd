"""interdict beside its open peers: the same names, the same list files, one run."""
