"""Stands for matplotlib, which mediapipe imports for a plot that nobody draws here."""
