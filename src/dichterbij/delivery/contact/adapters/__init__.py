"""Adapters that send: a mail server (SMTP) and the national notification service (NotifyNL)."""
