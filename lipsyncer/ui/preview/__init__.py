"""The preview: the song is heard, its clock asks the one time map which frame to show."""

from lipsyncer.ui.preview.controls import playback_actions
from lipsyncer.ui.preview.panel import PreviewPanel
from lipsyncer.ui.preview.player import Player

__all__ = ["Player", "PreviewPanel", "playback_actions"]
