"""Synthetic registries: servers (WSGI) that speak the contract of the real one over the documents of the world."""
