"""What a document costs: `python -m tests.bench.bench_documents`. Typst sets the same words in the same run."""

import asyncio
import io
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import cycle, islice
from typing import Any

import fontpkg_fira_sans
from pypdf import PdfReader

from app.documents import words
from app.documents.outcome import Outcome
from app.press import Press
from tests.bench.document_jobs import nothing, printed, typeset
from tests.cases.outcomes import sample_outcome

#: Patterns, theories and steps that fill about 2, 20 and 200 pages.
SIZES = {2: (0, 0), 20: (30, 5), 200: (480, 20)}


@dataclass(frozen=True)
class Measured:
    """`first` counts the start of the process; `stall` is the longest time that the event loop did not turn."""

    pages: int
    seconds: float
    first: float
    peak: int
    stall: float


def main() -> None:
    """Print the table."""
    print('\ndocuments, each size in a fresh process       pages   pages/s   first, s   peak MB   longest stall ms')
    print('(pages a second of the processor; the stall is of the event loop of who asks for it)')
    _row('nothing at all, for three seconds', asyncio.run(measure(nothing, 3.0)))
    for about, (patterns, theories) in SIZES.items():
        outcome = outcome_of_size(patterns, theories)
        ours = asyncio.run(measure(printed, outcome))
        mark = asyncio.run(measure(typeset, markup(outcome), str(fontpkg_fira_sans.ROOT / 'files')))
        _row(f'about {about} pages, tagged PDF', ours)
        _row(f'about {about} pages, typst', mark)


async def measure(job: Callable[..., tuple[bytes, float, int]], *given: Any) -> Measured:
    """One document by a press of its own, while the event loop is watched; the second one counts, the first warms."""
    press = Press()
    try:
        begun = time.perf_counter()
        await press.make(job, *given)
        first = time.perf_counter() - begun
        watching = asyncio.create_task(longest_stall())
        document, seconds, peak = await press.make(job, *given)
        watching.cancel()
        stall = (await asyncio.gather(watching, return_exceptions=True))[0]
        assert isinstance(stall, float)
    finally:
        await press.aclose()
    pages = len(PdfReader(io.BytesIO(document)).pages) if document else 0
    return Measured(pages=pages, seconds=seconds, first=first, peak=peak // 1024, stall=stall * 1000)


async def longest_stall() -> float:
    """Seconds by which a turn of the loop came late at worst, until it is cancelled."""
    worst = 0.0
    try:
        while True:
            begun = time.perf_counter()
            await asyncio.sleep(0.002)
            worst = max(worst, time.perf_counter() - begun - 0.002)
    except asyncio.CancelledError:
        return worst


def outcome_of_size(patterns: int, theories: int) -> Outcome:
    """The sample's words, as often as it takes."""
    sample = sample_outcome()
    many = tuple(replace(one, number=n) for n, one in enumerate(islice(cycle(sample.patterns), patterns), 1))
    tried = tuple(
        replace(one, number=n, patterns=tuple(p for p in one.patterns if p <= patterns))
        for n, one in enumerate(islice(cycle(sample.theories), theories), 1)
    )
    predictions = sample.predictions if patterns else ()
    return replace(
        sample, patterns=many, theories=tried, predictions=predictions, next_steps=sample.next_steps if theories else ()
    )


def markup(outcome: Outcome) -> str:
    """The same words for typst, set plainly: cover, patterns with cards, theories, a page each to pin up."""
    parts = [
        '#set page(paper: "a4", margin: 22mm, numbering: "1 of 1")\n#set text(font: "Fira Sans", size: 11pt)\n'
        '#set heading(numbering: none)\n',
        f'= {_raw(outcome.school)}\n{_raw(outcome.problem_of_practice)}\n#pagebreak()\n#outline(depth: 2)\n',
        *(f'{_raw(text)}\n\n' for text in words.how_to_read()),
    ]
    for pattern in outcome.patterns:
        parts.append(f'== {_raw(pattern.title)}\n{_raw(words.counts(pattern, outcome))}\n\n{_raw(pattern.summary)}\n\n')
        parts += [f'#quote(block: true)[{_raw(sample.text)}]\n' for sample in pattern.samples]
    for theory in outcome.theories:
        said = ''.join(f'[{_raw(text)}], ' for text in ('When', theory.when, 'so', theory.so, 'then', theory.then))
        rows = ''.join(
            f'[{n}], [{_raw(outcome.patterns[n - 1].title)}], [{outcome.patterns[n - 1].cards}], '
            for n in theory.patterns
        )
        form = f'#table(columns: (19mm, 1fr), {said})\n'
        parts.append(f'== Theory {theory.number}\n{form}#table(columns: (17mm, 1fr, 18mm), {rows})\n')
    for theory in outcome.theories:
        parts.append(f'#pagebreak()\n== To pin up {theory.number}\n#rect(width: 100%, height: 50mm)\n')
    return ''.join(parts)


def _raw(text: str) -> str:
    """Text as text, whatever is in it."""
    escaped = text.replace('\\', '\\\\').replace('"', '\\"')
    return f'#"{escaped}"'


def _row(name: str, one: Measured) -> None:
    rate = one.pages / one.seconds
    print(f'{name:<44}{one.pages:>7}{rate:>10.1f}{one.first:>11.2f}{one.peak:>10}{one.stall:>19.1f}')


if __name__ == '__main__':
    main()
