"""Files of editors, read into the values of the domain."""
