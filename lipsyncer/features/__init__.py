"""What the network hears and sees: the song's log-mel spectrogram and the take's mouth."""

GRID_RATE = 25.0
"""Positions per second of the analysis grid, for sound and picture alike (Yin and Wen)."""
