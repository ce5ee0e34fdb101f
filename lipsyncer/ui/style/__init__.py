"""The visual language: theme, icons and small shared widgets."""
