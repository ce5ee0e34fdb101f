"""The matrix: how well every moment of the song fits every moment of a take."""

from lipsyncer.ui.matrix.view import MatrixView

__all__ = ["MatrixView"]
