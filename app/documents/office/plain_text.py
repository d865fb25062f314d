"""Texts as XML can hold them, which Word and spreadsheets are written in."""

#: Control characters, halves of surrogate pairs, and what is no character.
_UNWRITABLE = dict.fromkeys(
    code for code in (*range(32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)) if code not in (9, 10, 13)
)


def plain(text: str) -> str:
    """The text without what would break the file."""
    return text.translate(_UNWRITABLE)
