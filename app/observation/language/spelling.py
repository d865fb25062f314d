"""Words typed in haste: one letter too many, too few, other or swapped."""

from collections.abc import Iterable

#: The list of words that are recognised when misspelt, and from how many letters on a slip is one.
RECOGNISED = 'often'
SHORTEST = 7


class Spelling:
    """Knows the words of a language; gives the word that was meant."""

    def __init__(self, words: dict[str, str], known: Iterable[str]) -> None:
        self.known = {*known}
        self.by_letter: dict[str, list[str]] = {}
        for word in targets(words):
            self.by_letter.setdefault(word[0], []).append(word)

    def meant(self, word: str) -> str:
        """The word of ours that this is one slip away from; itself when it is a word, or like none."""
        if len(word) < SHORTEST or word in self.known:
            return word
        return next((target for target in self.by_letter.get(word[0], ()) if one_slip(word, target)), word)


def targets(words: dict[str, str]) -> list[str]:
    """The words that are recognised when they are misspelt, in the order in which they are tried."""
    return sorted(word for word in words[RECOGNISED].split(' ') if len(word) >= SHORTEST)


def one_slip(typed: str, meant: str) -> bool:
    """Whether one letter was left out, added, replaced, or swapped with its neighbour."""
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    end = 0
    while end < min(len(typed), len(meant)) - start and typed[-1 - end] == meant[-1 - end]:
        end += 1
    rest, wanted = typed[start : len(typed) - end], meant[start : len(meant) - end]
    if len(rest) == 2 and len(wanted) == 2:
        return rest == wanted[::-1]
    return len(rest) <= 1 and len(wanted) <= 1
