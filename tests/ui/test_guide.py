"""The pages of help: shown in the window, and their links lead somewhere."""

from __future__ import annotations

import re

import pytest
from PyQt6.QtCore import QPoint, QUrl
from PyQt6.QtWidgets import QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

from lipsyncer.resources import resource
from lipsyncer.ui.help.user_guide import Guide

PAGE = "troubleshooting.md"


@pytest.fixture
def browser(qtbot: QtBot) -> QTextBrowser:
    window = QWidget()
    qtbot.addWidget(window)
    guide = Guide(PAGE, window)
    guide.show()
    browser = guide.findChild(QTextBrowser)
    assert browser is not None
    browser.window_kept = window  # type: ignore[attr-defined]
    return browser


def text_at_the_top(browser: QTextBrowser) -> str:
    cursor = browser.cursorForPosition(QPoint(browser.width() // 2, 10))
    return cursor.block().text()


def test_every_link_within_the_page_leads_to_a_heading(browser: QTextBrowser) -> None:
    links = re.findall(r"\]\((#[^)]+)\)", resource("docs", PAGE).read_text(encoding="utf-8"))
    assert len(links) > 10
    seen = set()
    for link in links[:10]:
        browser.anchorClicked.emit(QUrl(link))
        slug = re.sub(r"[^\w -]", "", text_at_the_top(browser).lower()).replace(" ", "-")
        assert f"#{slug}" == link
        bar = browser.verticalScrollBar()
        assert bar is not None
        seen.add(bar.value())
    assert len(seen) > 5


def test_a_link_to_another_page_opens_it(browser: QTextBrowser) -> None:
    browser.anchorClicked.emit(QUrl("report.md"))
    assert "The report" in browser.toPlainText()
