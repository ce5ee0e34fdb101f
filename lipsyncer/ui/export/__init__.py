"""Exporting: one sheet to choose from, and a queue that works while editing goes on."""

from lipsyncer.ui.export.queue import ExportItem, ExportQueue, State
from lipsyncer.ui.export.sheet import ExportSheet

__all__ = ["ExportItem", "ExportQueue", "ExportSheet", "State"]
