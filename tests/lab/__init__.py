"""A home-internet laboratory in network namespaces; see tests/README.md."""
