"""Pure statistics and matching models."""
