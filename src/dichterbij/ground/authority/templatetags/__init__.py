"""Tags of authority for templates."""
