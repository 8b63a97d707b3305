"""The country template of openfisca-core as a law file of ours, and the program that runs the original."""
