"""What a register holds: every record kind and field, declared once."""
