"""Several PDF files bound into one, with a bookmark for each."""

import io
from collections.abc import Sequence

import pikepdf


def bound(parts: Sequence[tuple[str, bytes]], language: str) -> bytes:
    """One file of all pages; `parts` are names for the outline with their files. The same bytes for the same parts.

    The structure that a part is tagged with stays behind: it says what is on the pages of its own file.
    """
    with pikepdf.new() as whole:
        with whole.open_outline() as outline:
            for name, content in parts:
                outline.root.append(pikepdf.OutlineItem(name, len(whole.pages)))
                with pikepdf.open(io.BytesIO(content)) as one:
                    whole.pages.extend(one.pages)
        whole.Root.Lang = pikepdf.String(language)
        file = io.BytesIO()
        whole.save(file, deterministic_id=True)
    return file.getvalue()
