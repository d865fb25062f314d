"""The thin layer that says of every mark on a page which part of the document's structure it belongs to.

A document is a tree of `Element`s, made while its story is told and in the order in which it is read. Drawing only adds
to each element where on which page its marks are. What is drawn outside of any element (rules, tints, running heads) is
an artifact, always: so nothing on a page is ever unmarked. `structure.py` then writes the tree into the file.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Union

from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from .characters import printable, runs

_ARTIFACT, _END = '/Artifact BMC', 'EMC'


class Mark(NamedTuple):
    """A stretch of a page's content: the page from 0, and the stretch's number on it."""

    page: int
    number: int


class Annotation(NamedTuple):
    """A link's active field: the page from 0, and which of the page's annotations it is."""

    page: int
    number: int


@dataclass(eq=False)
class Element:
    """One part of the structure. `role` is a type of PDF 1.7: Sect, H1, P, L, LI, Table, TR, TH, Figure, Link, …

    `alt` says in words what a figure shows; `owner` and `attributes` are written as the standard names them, for
    example ('Table', {'Scope': '/Column'}).
    """

    role: str
    alt: str = ''
    owner: str = ''
    attributes: dict[str, Any] = field(default_factory=dict)
    parts: list[Union['Element', Mark, Annotation]] = field(default_factory=list)

    def add(self, role: str, **more: Any) -> 'Element':
        """A new element, read after everything that is in this one so far."""
        made = Element(role, **more)
        self.parts.append(made)
        return made

    @property
    def is_drawn(self) -> bool:
        """Whether anything of it stands on a page."""
        return any(not isinstance(part, Element) or part.is_drawn for part in self.parts)


class MarkedCanvas(Canvas):  # type: ignore[misc]  # ReportLab has no types
    """A canvas on which everything is an artifact but what is drawn inside `marking`."""

    _code: list[str]

    def __init__(self, *args: Any, **named: Any) -> None:
        self._stretches = 0
        super().__init__(*args, **named)
        self._begin_page()

    @contextmanager
    def marking(self, element: Element | None) -> Iterator[None]:
        """What is drawn meanwhile belongs to `element` (None: to nothing, like a rule)."""
        if element is None:
            yield
            return
        mark = Mark(self.getPageNumber() - 1, self._stretches)
        self._stretches += 1
        element.parts.append(mark)
        self._turn(f'/{element.role} <</MCID {mark.number}>> BDC')
        try:
            yield
        finally:
            self._turn(_ARTIFACT)

    def link(self, element: Element, words: str, key: str, width: float, height: float) -> None:
        """Make a field over what was just drawn lead to the bookmark `key`; `words` say where that is."""
        element.parts.append(Annotation(self.getPageNumber() - 1, len(self._annotationrefs)))
        self.linkRect(printable(words, 200), key, (0, 0, width, height), relative=1, thickness=0)

    def beginText(self, x: float = 0, y: float = 0, direction: str | None = None) -> PDFTextObject:
        """Text in which signs carry what they stand for."""
        return _Text(self, x, y, direction)

    def showPage(self) -> None:
        """End the page."""
        self._end_page()
        super().showPage()
        self._begin_page()

    def save(self) -> None:
        """Write the file; a page that was begun and not drawn on is none."""
        if self._code == [_ARTIFACT]:
            self._code.clear()
        super().save()

    def _begin_page(self) -> None:
        self._stretches = 0
        self._code.append(_ARTIFACT)

    def _end_page(self) -> None:
        self._turn('')

    def _turn(self, begin: str) -> None:
        """End what is being marked and begin something else; an artifact without anything in it is not written."""
        if self._code and self._code[-1] == _ARTIFACT:
            self._code.pop()
        else:
            self._code.append(_END)
        if begin:
            self._code.append(begin)


class _Text(PDFTextObject):  # type: ignore[misc]
    def _formatText(self, text: str) -> str:
        return ' '.join(self._run(drawn, written) for drawn, written in runs(text))

    def _run(self, drawn: str, written: str) -> str:
        code: str = super()._formatText(drawn)
        if not written:
            return code
        return f'/Span <</ActualText <FEFF{written.encode("utf-16-be").hex().upper()}>>> BDC {code} {_END}'
