"""The network that says whether a moment of sound and a moment of picture belong together."""
