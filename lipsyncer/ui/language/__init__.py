"""Translations and wording."""
