"""The window's one visual language: colours, spacing, radii and type sizes, light and dark.

Sizes are device-independent pixels. Nothing else in the window names a colour or a size of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QGuiApplication, QPalette
from PyQt6.QtWidgets import QApplication, QWidget

from lipsyncer.resources import resource

Mode = Literal["system", "light", "dark"]

# Spacing: multiples of 4.
XS, S, M, L, XL = 4, 8, 12, 16, 32
RADIUS, RADIUS_SMALL = 8, 4
# Type sizes.
CAPTION, BODY, TITLE, HERO = 12, 13, 17, 30
HIT = 32
"""Height of what is clicked."""
FOCUS = 2
"""Width of the ring around what has the keyboard."""


@dataclass(frozen=True)
class Theme:
    """Colours by what they mean, as #rrggbb.

    Text on ``window``, ``panel`` and ``raised`` reaches a contrast of 4.5 (WCAG 2.1) in ``text``
    and ``muted``, and in ``good``, ``fair`` and ``poor``, which are words too; ``accent``, and
    ``outline`` around fields and as scroll handles, reach 3 as shapes.
    """

    name: Literal["light", "dark"]
    window: str
    panel: str
    raised: str
    hover: str
    border: str
    outline: str
    text: str
    muted: str
    accent: str
    on_accent: str
    good: str
    fair: str
    poor: str
    gap: str
    waveform: str
    vocals: str
    playhead: str
    selection: str
    stage: str
    on_stage: str

    def colour(self, name: str, alpha: float = 1.0) -> QColor:
        """Give one of the colours, for painting.

        Parameters
        ----------
        name
            A field of this class.
        alpha
            Opacity, 0 to 1.
        """
        colour = QColor(getattr(self, name))
        colour.setAlphaF(alpha)
        return colour


LIGHT = Theme(
    name="light",
    window="#f4f4f7",
    panel="#ffffff",
    raised="#ececf1",
    hover="#e1e1e9",
    border="#d0d0da",
    outline="#7c7c8a",
    text="#1b1b22",
    muted="#5d5d6b",
    accent="#c8245a",
    on_accent="#ffffff",
    good="#0f7350",
    fair="#8a5200",
    poor="#b02e25",
    gap="#8a8a98",
    waveform="#8f93a8",
    vocals="#c8245a",
    playhead="#1b1b22",
    selection="#2563c9",
    stage="#17171c",
    on_stage="#f2f2f6",
)
DARK = Theme(
    name="dark",
    window="#17171c",
    panel="#1f1f26",
    raised="#2a2a33",
    hover="#353540",
    border="#3a3a46",
    outline="#767686",
    text="#f2f2f6",
    muted="#a6a6b5",
    accent="#ff5c8a",
    on_accent="#22060f",
    good="#3ecf98",
    fair="#f0b14a",
    poor="#ff6b5e",
    gap="#7c7c8b",
    waveform="#6f7388",
    vocals="#ff7fa3",
    playhead="#ffffff",
    selection="#6ea8ff",
    stage="#0e0e12",
    on_stage="#f2f2f6",
)


class ThemeManager(QObject):
    """Dresses the application and tells who paints by hand when it changes.

    Attributes
    ----------
    changed
        The window looks different now; paint again.
    """

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._mode: Mode = "system"
        self._theme = DARK

    @property
    def theme(self) -> Theme:
        """The colours in use."""
        return self._theme

    @property
    def mode(self) -> Mode:
        """What the user chose."""
        return self._mode

    def follow_system(self) -> None:
        """Change with the desktop's light and dark while the mode is "system"."""
        hints = QGuiApplication.styleHints()
        if hints is not None:
            hints.colorSchemeChanged.connect(lambda _: self.apply(self._mode))

    def apply(self, mode: Mode) -> None:
        """Dress the application in a mode."""
        self._mode = mode
        self._theme = {"light": LIGHT, "dark": DARK}.get(mode) or _system_theme()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setPalette(_palette(self._theme))
            application.setStyleSheet(stylesheet(self._theme))
        self.changed.emit()


manager = ThemeManager()

_USUAL_TEXT = 15.0
"""Pixels of a desktop's text up to which the window's own sizes are right."""
_LARGEST_TEXT = 1.5


def text_scale() -> float:
    """By how much larger than usual the desktop's text is, 1 to ``_LARGEST_TEXT``."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        return 1.0
    return min(max(QFontInfo(application.font()).pixelSize() / _USUAL_TEXT, 1.0), _LARGEST_TEXT)


def text_size(size: int) -> int:
    """Give one of the sizes of type in pixels, as large as the desktop wants its text.

    Headings grow by no more pixels than the text does, and leave it the room.
    """
    return round(size + min(size, BODY) * (text_scale() - 1.0))


def _line_height(pixels: int) -> int:
    """Height of a line of text of a size; the style knows only that of the first line."""
    font = QFont(QApplication.font())
    font.setPixelSize(pixels)
    return QFontMetrics(font).height()


def theme() -> Theme:
    """Give the colours in use."""
    return manager.theme


def _system_theme() -> Theme:
    hints = QGuiApplication.styleHints()
    if hints is not None and hints.colorScheme() == Qt.ColorScheme.Light:
        return LIGHT
    return DARK


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.window,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.panel,
        QPalette.ColorRole.AlternateBase: theme.raised,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.muted,
        QPalette.ColorRole.Button: theme.raised,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.ToolTipBase: theme.raised,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.on_accent,
        QPalette.ColorRole.Link: theme.accent,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.gap))
    return palette


def _picture(name: str) -> str:
    """Path of an icon, as a style sheet wants it."""
    return resource("assets", f"icons/{name}.svg").as_posix()


def stylesheet(theme: Theme) -> str:
    """Rules for the stock widgets.

    Widgets choose a look by dynamic properties: ``kind`` of a QPushButton or QToolButton is
    "primary", "quiet" or "narrow", ``role`` of a QLabel is "hero", "title", "caption", "muted" or
    "error", ``surface`` of a QFrame is "panel", "raised" or "stage".
    """
    caption, body, title, hero = (text_size(size) for size in (CAPTION, BODY, TITLE, HERO))
    return f"""
* {{ font-size: {body}px; }}
QMainWindow, QDialog {{ background: {theme.window}; }}
QMainWindow::separator {{ background: {theme.window}; width: {XS}px; height: {XS}px; }}
QToolTip {{ background: {theme.raised}; color: {theme.text}; border: 1px solid {theme.border};
    padding: {XS}px {S}px; }}

QLabel[role="hero"] {{ font-size: {hero}px; font-weight: 600; }}
QLabel[role="title"] {{ font-size: {title}px; font-weight: 600; }}
QLabel[role="caption"] {{ font-size: {caption}px; color: {theme.muted}; }}
QLabel[role="muted"] {{ color: {theme.muted}; }}
QLabel[role="error"] {{ color: {theme.poor}; }}

QFrame[surface="panel"] {{ background: {theme.panel}; border: 1px solid {theme.border};
    border-radius: {RADIUS}px; }}
QFrame[surface="raised"] {{ background: {theme.raised}; border: none; border-radius: {RADIUS}px; }}
QFrame[surface="stage"] {{ background: {theme.stage}; border: none; }}

QPushButton {{ background: {theme.raised}; border: 1px solid {theme.border};
    border-radius: {RADIUS}px; padding: 0 {L}px; min-height: {HIT - 2}px; color: {theme.text}; }}
QPushButton:hover {{ background: {theme.hover}; }}
QPushButton:pressed, QPushButton:checked {{ background: {theme.border}; }}
QPushButton:disabled {{ color: {theme.gap}; }}
QPushButton:focus {{ border: {FOCUS}px solid {theme.selection};
    min-height: {HIT - 2 * FOCUS}px; }}
QPushButton[kind="primary"] {{ background: {theme.accent}; color: {theme.on_accent};
    border-color: {theme.accent}; font-weight: 600; }}
QPushButton[kind="primary"]:disabled {{ background: {theme.raised}; color: {theme.gap};
    border-color: {theme.border}; }}
QPushButton[kind="primary"]:focus {{ border: {FOCUS}px solid {theme.text}; }}
QPushButton[kind="narrow"] {{ padding: 0 {XS}px; }}
QPushButton[kind="quiet"] {{ background: transparent; border-color: transparent; }}
QPushButton[kind="quiet"]:hover {{ background: {theme.hover}; }}
QPushButton[kind="quiet"]:focus {{ border: {FOCUS}px solid {theme.selection}; }}

QToolButton {{ background: transparent; border: {FOCUS}px solid transparent;
    border-radius: {RADIUS}px; padding: {XS}px; color: {theme.text}; }}
QToolButton:hover {{ background: {theme.hover}; }}
QToolButton:pressed, QToolButton:checked {{ background: {theme.border}; }}
QToolButton:focus {{ border-color: {theme.selection}; }}
QToolButton:disabled {{ color: {theme.gap}; }}
QToolButton::menu-indicator {{ image: none; }}

QToolBar {{ background: {theme.window}; border: none; spacing: {XS}px; padding: {XS}px; }}
QStatusBar {{ background: {theme.window}; color: {theme.muted}; }}
QStatusBar::item {{ border: none; }}
QMenuBar {{ background: {theme.window}; }}
QMenuBar::item {{ padding: {XS}px {S}px; border-radius: {RADIUS_SMALL}px; }}
QMenuBar::item:selected {{ background: {theme.hover}; }}
QMenu {{ background: {theme.panel}; border: 1px solid {theme.border}; padding: {XS}px; }}
QMenu::item {{ padding: {XS}px {XL}px {XS}px {L}px; border-radius: {RADIUS_SMALL}px; }}
QMenu::item:selected {{ background: {theme.hover}; }}
QMenu::item:disabled {{ color: {theme.gap}; }}
QMenu::separator {{ height: 1px; background: {theme.border}; margin: {XS}px {S}px; }}

QDockWidget {{ color: {theme.muted}; }}
QDockWidget::title {{ background: {theme.window}; padding: {XS}px {S}px; }}
QTabBar::tab {{ background: transparent; color: {theme.muted}; padding: {S}px {S}px;
    border-bottom: {FOCUS}px solid transparent; }}
QTabBar::tab:selected {{ color: {theme.text}; border-bottom-color: {theme.accent}; }}
QTabBar::tab:hover {{ color: {theme.text}; }}
QTabBar::tab:focus {{ border: {FOCUS}px solid {theme.selection}; border-radius: {RADIUS_SMALL}px; }}
QTabWidget::pane {{ border: none; }}

QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QPlainTextEdit {{ background: {theme.panel};
    border: 1px solid {theme.outline}; border-radius: {RADIUS_SMALL}px; padding: 0 {S}px;
    min-height: {HIT - 6}px; selection-background-color: {theme.accent};
    selection-color: {theme.on_accent}; }}
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus {{
    border: {FOCUS}px solid {theme.selection}; }}
QComboBox::drop-down {{ border: none; width: {L + S}px; }}
QComboBox::down-arrow {{ image: url("{_picture("chevron-down")}"); width: {L}px; height: {L}px; }}
QSpinBox, QDoubleSpinBox {{ padding-right: {L + S}px; }}
QSpinBox::up-button, QDoubleSpinBox::up-button, QSpinBox::down-button,
QDoubleSpinBox::down-button {{ border: none; width: {L + S}px; background: transparent; }}
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow {{ image: url("{_picture("chevron-up")}");
    width: {M}px; height: {M}px; }}
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {{ image: url("{_picture("chevron-down")}");
    width: {M}px; height: {M}px; }}
QComboBox QAbstractItemView {{ background: {theme.panel}; border: 1px solid {theme.border};
    selection-background-color: {theme.hover}; selection-color: {theme.text}; }}
QCheckBox, QRadioButton {{ spacing: {S}px; min-height: {HIT - S}px; }}
QCheckBox:focus, QRadioButton:focus {{ color: {theme.selection}; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: 14px; height: 14px;
    border: {FOCUS}px solid {theme.muted}; background: {theme.panel}; }}
QCheckBox::indicator {{ border-radius: {RADIUS_SMALL}px; }}
QRadioButton::indicator {{ border-radius: 9px; }}
QCheckBox::indicator:checked {{ background: {theme.accent}; border-color: {theme.accent}; }}
QRadioButton::indicator:checked {{ border: 5px solid {theme.accent}; width: 8px; height: 8px;
    background: {theme.on_accent}; }}
QCheckBox#card {{ background: {theme.panel}; border: 1px solid {theme.outline};
    border-radius: {RADIUS}px; padding: {S}px {XS}px {S}px {S}px; spacing: {S}px;
    min-height: {2 * _line_height(body)}px; }}
QCheckBox#card:hover {{ background: {theme.hover}; }}
QCheckBox#card:checked {{ border: {FOCUS}px solid {theme.accent}; }}
QCheckBox#card:focus {{ border: {FOCUS}px solid {theme.selection}; color: {theme.text}; }}
QCheckBox::indicator {{ width: {L}px; height: {L}px; border: 1px solid {theme.outline};
    border-radius: {RADIUS_SMALL}px; background: {theme.panel}; }}
QCheckBox::indicator:hover, QCheckBox::indicator:focus {{ border-color: {theme.selection}; }}
QCheckBox::indicator:checked {{ background: {theme.accent}; border-color: {theme.accent};
    image: url("{_picture(f"tick-{theme.name}")}"); }}

QListView, QTableView, QTreeView {{ background: {theme.panel}; border: none;
    alternate-background-color: {theme.window}; selection-background-color: {theme.hover};
    selection-color: {theme.text}; gridline-color: {theme.border}; outline: none; }}
QListView:focus, QTableView:focus, QTreeView:focus {{ border: 1px solid {theme.selection}; }}
QListView::item {{ padding: {XS}px {S}px; }}
QHeaderView::section {{ background: {theme.panel}; color: {theme.muted}; border: none;
    border-bottom: 1px solid {theme.border}; padding: {XS}px {S}px; }}
QHeaderView::section:vertical {{ border: none; }}
QHeaderView, QTableCornerButton::section {{ background: {theme.panel}; border: none; }}

QProgressBar {{ background: {theme.raised}; border: none; border-radius: {RADIUS_SMALL}px;
    min-height: {S}px; max-height: {S}px; text-align: center; color: transparent; }}
QProgressBar::chunk {{ background: {theme.accent}; border-radius: {RADIUS_SMALL}px; }}
QSlider::groove:horizontal {{ background: {theme.raised}; height: {XS}px;
    border-radius: {XS // 2}px; }}
QSlider::sub-page:horizontal {{ background: {theme.accent}; border-radius: {XS // 2}px; }}
QSlider::handle:horizontal {{ background: {theme.text}; width: {M}px; height: {M}px;
    margin: -{XS}px 0; border-radius: {M // 2}px; }}
QSlider:focus {{ border: 1px solid {theme.selection}; border-radius: {RADIUS_SMALL}px; }}

QScrollBar:horizontal {{ background: transparent; height: {M}px; }}
QScrollBar:vertical {{ background: transparent; width: {M}px; }}
QScrollBar::handle {{ background: {theme.outline}; border-radius: {RADIUS_SMALL}px;
    margin: 2px; min-width: {XL}px; min-height: {XL}px; }}
QScrollBar::handle:hover {{ background: {theme.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: {theme.window}; }}
QSplitter::handle:hover {{ background: {theme.border}; }}
QScrollArea {{ background: transparent; border: none; }}
"""


def restyle(widget: QWidget) -> None:
    """Have the style sheet look at a widget's properties again."""
    style = widget.style()
    if style is not None:
        style.unpolish(widget)
        style.polish(widget)
