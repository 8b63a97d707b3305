"""What an organisation delivers: catalogue, messages, cases, providers."""
