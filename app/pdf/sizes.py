"""The sheets that documents are printed on, in points. Knows no library, so that models may hold a `Paper`."""

from dataclasses import dataclass
from enum import StrEnum

MM = 72 / 25.4


class Paper(StrEnum):
    """What a school's printer holds."""

    A4 = 'a4'
    LETTER = 'letter'


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A page and the field on it that is written on."""

    width: float
    height: float
    side: float = 22 * MM
    top: float = 25 * MM
    foot: float = 24 * MM

    @property
    def body_width(self) -> float:
        """Between the margins."""
        return self.width - 2 * self.side

    @property
    def body_height(self) -> float:
        """Between running head and foot."""
        return self.height - self.top - self.foot


SHEETS: dict[Paper, Sheet] = {
    Paper.A4: Sheet(width=210 * MM, height=297 * MM),
    Paper.LETTER: Sheet(width=8.5 * 72, height=11 * 72, top=22 * MM, foot=20 * MM),  # shorter than A4 by 18 mm
}
