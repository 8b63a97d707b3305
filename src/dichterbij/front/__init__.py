"""What a person sees, across organisations. Rooms do not know each other; each can be deleted."""
