"""Dichterbij: the law, applied to a person, with the person watching."""
