"""Papiamentu."""
