"""Formats of languages that Django does not know (setting `FORMAT_MODULE_PATH`)."""
