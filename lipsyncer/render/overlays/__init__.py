"""What is burned into the picture where it is asked for: lyrics, a countdown, a watermark."""
