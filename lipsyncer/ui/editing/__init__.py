"""The open cut: session, undo, selection, and the panels that edit it."""
