"""Several tagged PDF files bound into one, with a bookmark for each, and still tagged."""

import io
from collections.abc import Sequence

from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Pdf

from .characters import printable
from .structure import describe


def bound(parts: Sequence[tuple[str, bytes]], *, title: str, author: str, language: str) -> bytes:
    """One file of all pages; `parts` are names for the outline with their files. The same bytes for the same parts."""
    with Pdf.new() as whole:
        whole.docinfo['/Title'], whole.docinfo['/Author'] = printable(title, 300), printable(author, 200)
        tree = _Tree(whole)
        with whole.open_outline() as outline:
            for name, content in parts:
                outline.root.append(OutlineItem(printable(name, 120), len(whole.pages)))
                with Pdf.open(io.BytesIO(content)) as one:
                    tree.add(one)
        tree.write()
        describe(whole, language)
        file = io.BytesIO()
        whole.save(file, deterministic_id=True, force_version='1.7')
    return file.getvalue()


class _Tree:
    """What is read aloud of all files one after the other: every file's document is a part of this one."""

    def __init__(self, whole: Pdf) -> None:
        self.whole = whole
        self.document = whole.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document))
        self.parts: list[Object] = []
        self.numbers: list[object] = []
        self.next = 0

    def add(self, one: Pdf) -> None:
        """The pages of `one` with their structure; its numbers go on after those before it."""
        first = len(self.whole.pages)
        self.whole.pages.extend(one.pages)
        told = self.whole.copy_foreign(one.Root.StructTreeRoot)
        for page in self.whole.pages[first:]:
            page.obj.StructParents = int(page.obj.StructParents) + self.next
            for field in page.obj.get('/Annots', []):
                if '/StructParent' in field:
                    field.StructParent = int(field.StructParent) + self.next
        numbered = told.ParentTree.Nums
        for place in range(0, len(numbered), 2):
            self.numbers += [int(numbered[place]) + self.next, numbered[place + 1]]
        self.next += int(told.ParentTreeNextKey)
        part = told.K
        part.S, part.P = Name.Part, self.document
        self.parts.append(part)

    def write(self) -> None:
        """Into the file."""
        tree = self.whole.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=self.document))
        self.document.P, self.document.K = tree, Array(self.parts)
        tree.ParentTree = self.whole.make_indirect(Dictionary(Nums=Array(self.numbers)))
        tree.ParentTreeNextKey = self.next
        self.whole.Root.StructTreeRoot = tree
