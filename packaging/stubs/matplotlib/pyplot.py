"""Stands for matplotlib's pyplot."""
