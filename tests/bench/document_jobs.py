"""What the bench gives to a press: it imports this file in its own process, so it imports little."""

import time
from pathlib import Path

from app.documents.outcome import Outcome
from app.documents.pdf.outcome_pdf import outcome_pdf


def printed(outcome: Outcome) -> tuple[bytes, float, int]:
    """The document, the processor's seconds that it took, and the most memory that the process ever had, in KB."""
    begun = time.process_time()
    made = outcome_pdf(outcome)
    return made, time.process_time() - begun, _peak()


def typeset(markup: str, fonts: str) -> tuple[bytes, float, int]:
    """The same by typst."""
    import typst

    begun = time.process_time()
    made = typst.compile(markup.encode(), font_paths=[fonts])
    return made, time.process_time() - begun, _peak()


def nothing(seconds: float) -> tuple[bytes, float, int]:
    """No document: how late the loop is when nothing is made."""
    time.sleep(seconds)
    return b'', 1.0, _peak()


def _peak() -> int:
    """Of this process alone: `ru_maxrss` would begin with what its parent had."""
    lines = Path('/proc/self/status').read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith('VmHWM'))
