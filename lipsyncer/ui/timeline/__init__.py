"""The timeline: the song, the footage under it, and how sure each stretch is."""

from lipsyncer.ui.timeline.widget import TimelineWidget

__all__ = ["TimelineWidget"]
