"""The main window: pages, menus, shortcuts and layout."""
