"""What the bench gives to a press: it imports this file in its own process, so it imports little."""

import resource
import time

from app.documents.outcome import Outcome
from app.documents.pdf.outcome_pdf import outcome_pdf


def printed(outcome: Outcome) -> tuple[bytes, float, int]:
    """The document, the seconds that it took, and the most memory that the process ever had, in KB."""
    begun = time.perf_counter()
    made = outcome_pdf(outcome)
    return made, time.perf_counter() - begun, _peak()


def typeset(markup: str, fonts: str) -> tuple[bytes, float, int]:
    """The same by typst."""
    import typst

    begun = time.perf_counter()
    made = typst.compile(markup.encode(), font_paths=[fonts])
    return made, time.perf_counter() - begun, _peak()


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
