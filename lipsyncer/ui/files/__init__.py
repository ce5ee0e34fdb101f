"""From files to an open project: drops, analysis, saving and opening."""
