"""What the window tells the user outside a dialog."""
