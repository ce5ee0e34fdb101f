"""Training, calibrating and measuring the network. Nothing here is needed to align a song."""
