"""What may stand in a file of a round: each entry checked against its model, each reference against what is there."""

import dataclasses
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from app.errors import BadInput
from app.texts import _

from .whole_round import KINDS, MODELS, ON_THE_WALL, Document, Documents, references

LONGEST_TEXT = 20_000

#: The names of parts and fields in the file, where they are not ours.
PARTS = {'plans': 'round', 'theories': 'theories_of_action', 'next_steps': 'next_level_of_work'}
FIELDS: dict[str, dict[str, str]] = {
    'classrooms': {'code': 'id'},
    'patterns': {'key': 'id'},
    'next_steps': {'theories_of_action': 'theories'},
    'plans': {'settings': 'sizes'},
}
#: Fields that no file sets: secrets, and what belongs to an instance.
_OURS = frozenset(('join_code', 'return_code', 'sample', 'closed_at'))


@dataclass
class Checked:
    """The documents read so far, all of them sound. `unknown` are keys that were left aside."""

    documents: Documents = field(default_factory=lambda: {name: [] for name in MODELS})
    unknown: dict[str, None] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=dict)
    paths: list[tuple[str, Document, str]] = field(default_factory=list)

    def add(self, collection: str, path: str, entry: Document, part: str = '') -> Document:
        """Check an entry of the file and keep it as a document. Raises `BadInput` that names the key."""
        fields = {each.name for each in dataclasses.fields(MODELS[collection])} - _OURS
        words, known = FIELDS.get(collection, {}), {}
        for key, value in entry.items():
            if words.get(key, key) not in fields:
                self.unknown[f'{part or PARTS.get(collection, collection)}.{key}'] = None
            elif value is not None:
                known[words.get(key, key)] = value
        if collection in ('notes', 'revisions'):
            known.setdefault('lens', None)
        document = self._document(collection, path, known)
        if not document['id']:
            raise wrong(f'{path}.{said(collection, "id")}', _('it is empty.'))
        self.name(collection, document['id'], f'{path}.{said(collection, "id")}')
        self.documents[collection].append(document)
        self.paths.append((collection, document, path))
        return document

    def name(self, collection: str, key: str, path: str) -> None:
        """Note that something has this name. Raises `BadInput` when something else has."""
        names = self.names.setdefault(collection, set())
        if key in names:
            raise wrong(path, _('“{key}” is there twice.').format(key=key))
        names.add(key)

    def check_references(self, gone: Any) -> None:
        """Raise `BadInput` for the first name that nothing has; `gone` are those of what was removed from the round."""
        removed = gone if isinstance(gone, dict) else {}
        for collection, document, path in self.paths:
            for field_, kind, key in references(collection, document):
                if key not in self.names.get(kind, ()) and key not in removed.get(kind, ()):
                    sentence = _('there is no “{key}” in “{part}”.').format(key=key, part=PARTS.get(kind, kind))
                    raise wrong(f'{path}.{said(collection, field_)}', sentence)

    def check_history(self) -> None:
        """Bring what acts have changed into the form that is kept; raises `BadInput` for what could not be undone."""
        for n, act in enumerate(self.documents['acts']):
            for m, change in enumerate(act['changes']):
                path = f'acts[{n}].changes[{m}]'
                if change['collection'] not in ON_THE_WALL:
                    raise wrong(
                        f'{path}.collection', _('it has to be one of: {them}.').format(them=', '.join(ON_THE_WALL))
                    )
                for side in ('before', 'after'):
                    if change[side] is not None:
                        change[side] = self._document(change['collection'], f'{path}.{side}', change[side])
                        if change[side]['id'] != change['key']:
                            raise wrong(f'{path}.key', _('it has to be the id of what was changed.'))

    def _document(self, collection: str, path: str, entry: Document) -> Document:
        kind = KINDS[collection]
        try:
            document: Document = kind.dump_python(kind.validate_python(entry), mode='json')
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            loc = [said(collection, str(first['loc'][0])), *map(str, first['loc'][1:])] if first['loc'] else []
            raise wrong('.'.join([path, *loc]), _why(first['type'], first.get('ctx', {}))) from error
        return document


def said(collection: str, field_: str) -> str:
    """What a field is called in the file."""
    return next((word for word, ours in FIELDS.get(collection, {}).items() if ours == field_), field_)


def cleaned(value: Any, path: str) -> Any:
    """Plain data with all text in NFC and without control characters; raises `BadInput` for endless text."""
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT:
            raise wrong(path, _('it is too long: {n} characters fit.').format(n=f'{LONGEST_TEXT:,}'))
        text = value if value.isprintable() else ''.join(filter(_may_stay, value))
        return unicodedata.normalize('NFC', text)
    if isinstance(value, list):
        return [cleaned(part, f'{path}[{n}]') for n, part in enumerate(value)]
    if isinstance(value, dict):
        return {key: cleaned(part, f'{path}.{key}' if path else key) for key, part in value.items()}
    return value


def wrong(path: str, why: str) -> BadInput:
    """The one sentence of this reader: where it is, and what is wrong there."""
    sentence = _('“{path}” cannot be read: {why} Nothing has been imported; mend the file and try again.')
    return BadInput(sentence.format(path=path, why=why), key=path)


def _may_stay(character: str) -> bool:
    return character in '\n\t' or unicodedata.category(character) != 'Cc'


def _why(kind: str, context: dict[str, Any]) -> str:
    if kind == 'missing':
        return _('it is missing.')
    if kind == 'enum':
        return _('it has to be one of: {them}.').format(them=str(context.get('expected', '')).replace("'", ''))
    for start, sentence in (
        ('string', _('it has to be text.')),
        ('int', _('it has to be a whole number.')),
        ('bool', _('it has to be true or false.')),
        ('datetime', _('it has to be a moment like 2026-03-11T09:05:00+00:00.')),
        ('date', _('it has to be a day like 2026-03-11.')),
        ('time', _('it has to be a time like 09:05.')),
        ('tuple', _('it has to be a list.')),
    ):
        if kind.startswith(start):
            return sentence
    return _('it has another form than expected.')
