"""How times, lengths and shares are written, the same everywhere in the window."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication

_SETTLED = 0.04
"""Share done before a guess at the time left is worth telling."""


def clock(seconds: float, digits: int = 2) -> str:
    """Write a moment: ``1:02.40``, and ``1:00:02.40`` from an hour on.

    Parameters
    ----------
    seconds
        May be negative.
    digits
        Of the fraction of a second.
    """
    sign = "−" if seconds < 0 else ""
    ticks = round(abs(seconds) * 10**digits)
    whole, fraction = divmod(ticks, 10**digits)
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    text = f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute}:{second:02d}"
    if digits:
        text += f".{fraction:0{digits}d}"
    return sign + text


def signed_ms(seconds: float) -> str:
    """Write a shift: ``+40 ms``, ``−120 ms``, ``±0 ms``; from ten seconds on in seconds."""
    if abs(seconds) >= 10:
        return f"{_sign(seconds)}{abs(seconds):.2f} s"
    milliseconds = round(1000 * seconds)
    return f"{_sign(milliseconds)}{abs(milliseconds)} ms"


def shift_in_words(seconds: float) -> str:
    """Say a shift as a layman would: ``shown 0.4 s earlier than filmed``.

    Parameters
    ----------
    seconds
        By which the picture is later, as for ``signed_ms``.
    """
    if abs(seconds) < 0.005:
        return QCoreApplication.translate("Spoken", "shown as filmed")
    if seconds < 0:
        text = QCoreApplication.translate("Spoken", "shown {amount} s earlier than filmed")
    else:
        text = QCoreApplication.translate("Spoken", "shown {amount} s later than filmed")
    digits = 2 if abs(seconds) < 0.095 else 1
    return text.format(amount=f"{abs(seconds):.{digits}f}")


def percent(share: float) -> str:
    """Write a share of 1: ``93 %``."""
    return f"{round(100 * share)} %"


def time_left(spent: float, share: float) -> str:
    """Guess the time left of some work, in steps that do not flicker; nothing at its beginning.

    Parameters
    ----------
    spent
        Seconds so far.
    share
        Share of the work that is done, 0 to 1.
    """
    if share < _SETTLED or spent < 1.0:
        return ""
    left = spent * (1 - share) / share
    if left < 5:
        return QCoreApplication.translate("AnalysingPanel", "A few seconds left")
    if left < 90:
        text = QCoreApplication.translate("AnalysingPanel", "About {n} seconds left")
        return text.format(n=5 * round(left / 5))
    text = QCoreApplication.translate("AnalysingPanel", "About {n} minutes left")
    return text.format(n=round(left / 60))


def _sign(value: float) -> str:
    return "+" if value > 0 else "−" if value < 0 else "±"
