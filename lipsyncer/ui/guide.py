"""The user guide and the help by symptom, shown from the files that came with the program."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QSize, Qt, QUrl
from PyQt6.QtGui import QDesktopServices, QTextDocument
from PyQt6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from lipsyncer.resources import resource
from lipsyncer.ui import theme

_WIDTH = 760


class Guide(QDialog):
    """A page of the documentation, whose links to other pages work.

    Parameters
    ----------
    page
        File name below ``docs``.
    """

    def __init__(self, page: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("User guide"))
        self.resize(QSize(_WIDTH, _WIDTH))
        self._browser = _Pages(self)
        self._browser.setAccessibleName(self.tr("User guide"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._browser)
        self._browser.setSource(QUrl.fromLocalFile(str(resource("docs", page))))


class _Pages(QTextBrowser):
    """Shows Markdown with pictures no wider than the window."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setViewportMargins(theme.L, theme.L, theme.L, theme.L)
        self.anchorClicked.connect(self._follow)

    def _follow(self, link: QUrl) -> None:
        if link.isRelative():
            self.setSource(self.source().resolved(link))
        else:
            QDesktopServices.openUrl(link)

    def doSetSource(  # noqa: N802
        self,
        name: QUrl,
        type: QTextDocument.ResourceType = QTextDocument.ResourceType.UnknownResource,  # noqa: A002
    ) -> None:
        """Show a page of Markdown, or a place in the page that is shown."""
        path = Path(name.toLocalFile())
        document = self.document()
        if document is None or path.suffix != ".md" or not path.is_file():
            return
        document.setBaseUrl(name)
        document.setMarkdown(path.read_text(encoding="utf-8"))
        if name.hasFragment():
            self.scrollToAnchor(name.fragment())

    def loadResource(self, type: int, name: QUrl) -> object:  # noqa: A002, N802
        """Make pictures that are wider than the page narrower."""
        found = super().loadResource(type, name)
        if type == QTextDocument.ResourceType.ImageResource.value:
            from PyQt6.QtGui import QImage

            picture = QImage(self.source().resolved(name).toLocalFile())
            room = _WIDTH - 4 * theme.L
            if not picture.isNull() and picture.width() > room:
                return picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        return found
