"""The cut: which footage is shown at which moment of the song, and how it may be changed."""
