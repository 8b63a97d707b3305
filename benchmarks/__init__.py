"""What we publish about speed: `make bench`, or `python -m benchmarks --persons 50000`.

Measured on the product as `make run` starts it, from outside, each figure beside its limit. A figure that misses its
limit is printed as it is and makes the command fail.
"""
