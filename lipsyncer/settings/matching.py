"""How a cut is matched: what a creator chooses of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from lipsyncer.alignment import AlignSettings, Tightness, tightened, tightness_of
from lipsyncer.settings.job import Gaps, Settings, SyncSource
from lipsyncer.settings.stored import from_values

_STORED_NAMES = {"sync_source": "guide"}


@dataclass(frozen=True)
class Matching:
    """The three choices that decide how close to the lips a cut is.

    Attributes
    ----------
    tightness
        How closely the lips are followed.
    sync_source
        What says which moment of the song a take shows.
    gaps
        What is shown where nobody sings though lips move.
    """

    tightness: Tightness = "normal"
    sync_source: SyncSource = "both"
    gaps: Gaps = "close"

    @classmethod
    def of(cls, settings: Settings) -> Matching:
        """Tell the choices that settings were made from."""
        return cls(tightness_of(settings.align), settings.sync_source, settings.gaps)

    @classmethod
    def from_values(cls, values: object) -> Matching | None:
        """Read plain values that ``values`` gave, maybe in another version; None if they aren't."""
        if not isinstance(values, Mapping):
            return None
        renamed = {name: values.get(stored) for name, stored in _STORED_NAMES.items()}
        return from_values(cls, {**values, **renamed})

    def values(self) -> dict[str, str]:
        """Give the choices as plain values, under the names that project files use."""
        return {_STORED_NAMES.get(name, name): value for name, value in asdict(self).items()}

    def settings(self, others: Settings | None = None) -> Settings:
        """Make settings of the choices; all else is as in ``others``."""
        others = others or Settings()
        align = tightened(AlignSettings(max_cuts=others.align.max_cuts), self.tightness)
        return replace(others, align=align, sync_source=self.sync_source, gaps=self.gaps)
