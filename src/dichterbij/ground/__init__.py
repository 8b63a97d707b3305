"""What every service stands on: outbox, organisations, logbook, registry, assessment, identity, authority."""
