"""How times, lengths and shares are written, the same everywhere in the window."""

from __future__ import annotations


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


def percent(share: float) -> str:
    """Write a share of 1: ``93 %``."""
    return f"{round(100 * share)} %"


def _sign(value: float) -> str:
    return "+" if value > 0 else "−" if value < 0 else "±"
