"""The user guide and the help by symptom, shown from the files that came with the program."""

from __future__ import annotations

import re
from pathlib import Path

from PyQt6.QtCore import QSize, Qt, QUrl
from PyQt6.QtGui import QDesktopServices, QTextDocument
from PyQt6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from lipsyncer.diagnostics.errors import is_file
from lipsyncer.resources import resource
from lipsyncer.ui.style import theme
from lipsyncer.ui.style.screen_room import resize_within_screen

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
        resize_within_screen(self, QSize(_WIDTH, _WIDTH))
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
        self._page = QUrl()
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setViewportMargins(theme.L, theme.L, theme.L, theme.L)
        self.anchorClicked.connect(self._follow)

    def _follow(self, link: QUrl) -> None:
        if link.isRelative():
            self.setSource(self._page.resolved(link))
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
        if document is None or path.suffix != ".md" or not is_file(path):
            return
        self._page = name.adjusted(QUrl.UrlFormattingOption.RemoveFragment)
        document.setBaseUrl(self._page)
        document.setMarkdown(path.read_text(encoding="utf-8"))
        if name.hasFragment():
            self._show_heading(name.fragment())

    def _show_heading(self, anchor: str) -> None:
        """Scroll to a heading by the name that Markdown sites give it; Qt names none."""
        document, scroll_bar = self.document(), self.verticalScrollBar()
        layout = document.documentLayout() if document is not None else None
        if document is None or layout is None or scroll_bar is None:
            return
        block = document.begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and _anchor(block.text()) == anchor:
                scroll_bar.setValue(int(layout.blockBoundingRect(block).top()))
                return
            block = block.next()

    def loadResource(self, type: int, name: QUrl) -> object:  # noqa: A002, N802
        """Make pictures that are wider than the page narrower."""
        found = super().loadResource(type, name)
        if type == QTextDocument.ResourceType.ImageResource.value:
            from PyQt6.QtGui import QImage

            picture = QImage(self._page.resolved(name).toLocalFile())
            room = _WIDTH - 4 * theme.L
            if not picture.isNull() and picture.width() > room:
                return picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        return found


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
