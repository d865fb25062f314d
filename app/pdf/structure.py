"""The one pass that makes marked pages a tagged PDF (PDF/UA-1, ISO 14289-1): structure, the way back, metadata."""

import io
from collections.abc import Sequence
from html import escape

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Page, Pdf, String

from .characters import printable
from .marks import Annotation, Element, Mark

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
#: Cells may be empty: a table without them is no grid.
_KEPT_EMPTY = frozenset(('TD', 'TH'))
_PRINTED = 4  #: a flag of annotations


def with_structure(pdf: bytes, root: Element, *, language: str) -> bytes:
    """The file with the tree of `root` in it; the same bytes for the same input.

    `root` is the element `Document`. Elements of which nothing stands on a page are left out.
    """
    with Pdf.open(io.BytesIO(pdf)) as file:
        _Tree(file).write(root)
        describe(file, language)
        written = io.BytesIO()
        file.save(written, deterministic_id=True, force_version='1.7', object_stream_mode=ObjectStreamMode.generate)
        return written.getvalue()


def describe(file: Pdf, language: str) -> None:
    """Say of a file that has its structure that it is tagged, in which language, and who wrote it under which title."""
    title, author = (str(file.docinfo.get(key, '')) for key in ('/Title', '/Author'))
    xmp = _XMP.format(title=escape(title), author=escape(author))
    file.Root.Metadata = file.make_stream(xmp.encode(), {'/Type': Name.Metadata, '/Subtype': Name.XML})
    file.Root.MarkInfo = Dictionary(Marked=True)
    file.Root.Lang = String(language)
    file.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


class _Tree:
    """The structure tree of one file, and the way back from every mark to its element."""

    def __init__(self, file: Pdf) -> None:
        self.file = file
        self.pages: Sequence[Page] = list(file.pages)
        self.of_marks: list[dict[int, Object]] = [{} for _page in self.pages]
        self.of_annotations: list[Object] = []

    def write(self, root: Element) -> None:
        tree = self.file.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        tree.K = self._node(root, tree)
        numbers: list[object] = []
        for number, marks in enumerate(self.of_marks):
            self.pages[number].obj.StructParents = number
            numbers += [number, self.file.make_indirect(Array([marks[n] for n in sorted(marks)]))]
        for number, node in enumerate(self.of_annotations, len(self.pages)):
            numbers += [number, node]
        tree.ParentTree = self.file.make_indirect(Dictionary(Nums=Array(numbers)))
        tree.ParentTreeNextKey = len(self.pages) + len(self.of_annotations)
        self.file.Root.StructTreeRoot = tree

    def _node(self, element: Element, parent: Object) -> Object:
        node = self.file.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f'/{element.role}'), P=parent))
        if element.alt:
            node.Alt = String(printable(element.alt))
        if element.attributes:
            values = {key: _attribute(value) for key, value in element.attributes.items()}
            node.A = Dictionary({'/O': Name(f'/{element.owner}'), **values})
        kids: list[object] = []
        for part in element.parts:
            if isinstance(part, Mark):
                kids.append(self._mark(part, node))
            elif isinstance(part, Annotation):
                kids.append(self._annotation(part, node))
            elif part.is_drawn or part.role in _KEPT_EMPTY:
                kids.append(self._node(part, node))
        if kids:
            node.K = kids[0] if len(kids) == 1 else Array(kids)
        return node

    def _mark(self, mark: Mark, node: Object) -> object:
        """The number alone, but for an element that goes on on another page."""
        self.of_marks[mark.page][mark.number] = node
        page = self.pages[mark.page].obj
        if '/Pg' not in node:
            node.Pg = page
        if node.Pg.objgen == page.objgen:
            return mark.number
        return Dictionary(Type=Name.MCR, Pg=page, MCID=mark.number)

    def _annotation(self, annotation: Annotation, node: Object) -> Object:
        page = self.pages[annotation.page].obj
        page.Tabs = Name.S
        field = page.Annots[annotation.number]
        field.StructParent = len(self.pages) + len(self.of_annotations)
        field.F = _PRINTED
        self.of_annotations.append(node)
        return Dictionary(Type=Name.OBJR, Pg=page, Obj=field)


def _attribute(value: object) -> object:
    """A text that begins with a slash is a name."""
    if isinstance(value, str):
        return Name(value) if value.startswith('/') else String(value)
    return Array(value) if isinstance(value, (list, tuple)) else value
