"""The parts of a file of a round, each brought into the form of our documents."""

import dataclasses
import datetime as dt
import secrets
from typing import Any
from zoneinfo import ZoneInfo

from app.errors import BadInput
from app.rounds.clock import zone
from app.rounds.fields import SIZE_FIELDS
from app.rounds.model import LENSES, LensPreset, Sizes
from app.rounds.stages import Stage
from app.texts import _
from app.theory.comparisons import relates_to

from .round_file_checks import PARTS, Checked, cleaned, wrong
from .round_file_write import card_of_note
from .whole_round import MODELS, Document, Documents

LONGEST_NOTE = 2_000
ROUND = 'round-1'

#: Labels of a language coach's examples, which files may carry beside the notes.
LABELS = frozenset(('judgement', 'vague', 'names', 'hard'))
_SIMPLE = (
    'cards', 'revisions', 'patterns', 'piles', 'predictions', 'theories', 'next_steps', 'votes', 'released', 'versions',
    'acts',
)  # fmt: skip
_PLACED = frozenset(('patterns', 'piles', 'predictions', 'theories', 'next_steps'))


class Reader:
    """Goes through a file part by part, in the order in which parts refer to one another."""

    def __init__(self, content: Document, timezone: str, now: dt.datetime) -> None:
        self.content: Document = cleaned(content, '')
        self.timezone = timezone
        self.now = now
        self.checked = Checked()
        self.documents = self.checked.documents

    def read(self) -> Documents:
        """All documents, under the file's names. Raises `BadInput` that names the key."""
        self._round()
        self._periods()
        self._classrooms()
        self._observers()
        self._groups()
        self._notes()
        for name in _SIMPLE:
            for n, (path, entry) in enumerate(self._part(PARTS.get(name, name)), 1):
                document = self._add(name, path, {'place': n, **entry} if name in _PLACED else entry)
                if name == 'theories':
                    document['relates_to'] = _comparison(document['relates_to'])
        for name in ('screens', 'sortings'):
            for path, entry in self._part(name):
                self._add(name, path, {**entry, 'id': ROUND})
        for n, (path, entry) in enumerate(self._part('ballots')):
            self._add('ballots', path, {**entry, 'id': f'ballot-{n}'})
        self.checked.check_history()
        self.checked.check_references(self.content.get('gone'))
        known = {'format', 'schools', 'gone', *(PARTS.get(name, name) for name in MODELS)}
        self.checked.unknown |= dict.fromkeys(self.content.keys() - known)
        return self.documents

    def _round(self) -> None:
        entry = self.content.get('round')
        if not isinstance(entry, dict):
            raise wrong('round', _('it is missing.'))
        entry = dict(entry)
        schools = [self._school(path, school) for path, school in self._part('schools')]
        host = entry.pop('host_school', None)
        name = entry.pop('host_school_name', None)
        hosts = [school for school in schools if school['id'] == host]
        if host and schools and not hosts:
            raise wrong('round.host_school', _('there is no school “{key}” in “schools”.').format(key=host))
        if hosts and not hosts[0]['host']:
            schools = [{**school, 'host': school is hosts[0]} for school in schools]
        entry |= {
            'id': ROUND,
            'sizes': self._sizes(entry.pop('settings', None)),
            'schools': schools,
            'host_school': name if name is not None else hosts[0]['name'] if hosts else host or '',
        }
        for key, value in {'stage': Stage.CLOSED, 'network': '', 'timezone': self.timezone}.items():
            if entry.get(key) is None:
                entry[key] = value
        if not entry.get('lenses'):
            entry['lenses'] = LENSES[LensPreset.CITY]
        self._add('plans', 'round', entry)
        plan = self.documents['plans'][0]
        plan['timezone'] = zone(plan['timezone'])
        if plan['stage'] == Stage.PURGED and (self.content.get('notes') or self.content.get('observers')):
            plan['stage'] = Stage.CLOSED.value  # it holds what is to be deleted: the purge counts from the import
        if plan['stage'] in (Stage.CLOSED, Stage.PURGED):
            plan['closed_at'] = self.now.isoformat()
        if plan['stage'] == Stage.PURGED and not plan['purged_at']:
            plan['purged_at'] = self.now.isoformat()

    def _school(self, path: str, entry: Document) -> Document:
        for key in entry.keys() - {'id', 'name', 'host'}:
            self.checked.unknown[f'schools.{key}'] = None
        for key in ('id', 'name'):
            if not isinstance(entry.get(key), str) or not entry[key]:
                raise wrong(f'{path}.{key}', _('it is missing.'))
        self.checked.name('schools', entry['id'], path)
        return {'id': entry['id'], 'name': entry['name'], 'host': entry.get('host') is True}

    def _sizes(self, entry: Any) -> Document:
        if entry is None:
            return {}
        if not isinstance(entry, dict):
            raise wrong('round.settings', _('it has to be an object of settings.'))
        for key in entry.keys() - {each.name for each in dataclasses.fields(Sizes)}:
            self.checked.unknown[f'round.settings.{key}'] = None
        sizes = {}
        for key, value in entry.items():
            if key in SIZE_FIELDS and value is not None:
                try:
                    sizes[key] = SIZE_FIELDS[key](value)
                except BadInput as error:
                    raise wrong(f'round.settings.{key}', error.sentence) from error
        return sizes

    def _periods(self) -> None:
        for path, entry in self._part('periods'):
            self._add('periods', path, {'name': entry.get('id'), **entry})

    def _classrooms(self) -> None:
        for n, (path, entry) in enumerate(self._part('classrooms'), 1):
            self._add('classrooms', path, {'number': n, **entry})
        numbers = [room['number'] for room in self.documents['classrooms']]
        for n, number in enumerate(numbers):
            if number in numbers[:n] or not 1 <= number <= 99:
                raise wrong(f'classrooms[{n}].number', _('numbers run from 1 to 99, each once.'))

    def _observers(self) -> None:
        for path, entry in self._part('observers'):
            self._add('observers', path, entry)

    def _groups(self) -> None:
        observers = {observer['id']: observer for observer in self.documents['observers']}
        for n, (path, entry) in enumerate(self._part('groups'), 1):
            members, visits = entry.pop('observers', None) or [], entry.pop('visits', None) or []
            if not isinstance(members, list) or not isinstance(visits, list):
                raise wrong(path, _('“observers” and “visits” have to be lists.'))
            more = {'number': n, 'name': entry.get('id')} | ({'size': len(members)} if members else {})
            self._add('groups', path, more | entry)
            for key in members:
                if key not in observers:
                    raise wrong(
                        f'{path}.observers', _('there is no “{key}” in “{part}”.').format(key=key, part='observers')
                    )
                observers[key]['group'] = observers[key]['group'] or self.documents['groups'][-1]['id']
            for m, visit in enumerate(visits):
                self._visit(f'{path}.visits[{m}]', visit, self.documents['groups'][-1]['id'])
        for path, entry in self._part('visits'):
            self._visit(path, entry, entry.get('group'))

    def _visit(self, path: str, entry: Any, group: Any) -> None:
        if not isinstance(entry, dict):
            raise wrong(path, _('it has to be an object with “classroom”, “start” and “end”.'))
        more = {key: value for key, value in entry.items() if key != 'group'}
        self._add('visits', path, {**more, 'id': f'{group}.{entry.get("classroom")}', 'group': group}, 'groups.visits')

    def _notes(self) -> None:
        groups = {observer['id']: observer['group'] for observer in self.documents['observers']}
        first = 1 + max(
            (n for _path, entry in self._part('notes') if isinstance(n := entry.get('seq'), int)), default=0
        )
        for n, (path, entry) in enumerate(self._part('notes')):
            time, card, pattern = (entry.pop(key, None) for key in ('time', 'card', 'pattern'))
            revisions = entry.pop('revisions', None) or []
            for label in LABELS:
                entry.pop(label, None)
            written = self._written(path, time)
            entry.setdefault('written_at', written.isoformat() if written else '')
            entry.setdefault('received_at', (written or self.now).astimezone(dt.UTC).isoformat())
            more = {'rev': 1, 'lens': None, 'seq': first + n, 'group': groups.get(str(entry.get('observer')), '')}
            self._add('notes', path, more | entry)
            note = self.documents['notes'][-1]
            if len(note['text']) > LONGEST_NOTE:
                raise wrong(f'{path}.text', _('a note has {n} characters at most.').format(n=LONGEST_NOTE))
            for m, revision in enumerate(_objects(revisions, f'{path}.revisions')):
                key = f'{note["id"]}.{revision.get("rev")}'
                more = {'lens': None, 'received_at': note['received_at'], **revision, 'id': key, 'note': note['id']}
                self._add('revisions', f'{path}.revisions[{m}]', more, 'notes.revisions')
            if card is not None or (note['chosen'] and not note['deleted']):
                self._card(f'{path}.card', card if card is not None else {}, note, pattern)

    def _written(self, path: str, time: Any) -> dt.datetime | None:
        """The local time of a note on the day of the round."""
        if time is None:
            return None
        plan = self.documents['plans'][0]
        try:
            clock = dt.time.fromisoformat(str(time))
        except ValueError as error:
            raise wrong(f'{path}.time', _('it has to be a time like 09:05.')) from error
        return dt.datetime.combine(dt.date.fromisoformat(plan['date']), clock, ZoneInfo(plan['timezone']))

    def _card(self, path: str, entry: Any, note: Document, pattern: Any) -> None:
        if not isinstance(entry, dict):
            raise wrong(path, _('it has to be an object with “state”.'))
        if pattern is not None and not isinstance(pattern, str):
            raise wrong(path.replace('.card', '.pattern'), _('it has to be text.'))
        accepted = entry.get('state') == 'accepted'
        more = {
            'id': f'card of {note["id"]}',
            'place': secrets.randbelow(2**53),  # the wall is in random order
            'late': note['late'],
            'pattern': pattern if accepted and pattern else '',
            **card_of_note(note),
        }
        self._add('cards', path, more | entry | {'note': note['id']}, 'notes.card')

    def _part(self, name: str) -> list[tuple[str, Document]]:
        """The entries of a part with the path to each; a part may be missing."""
        part = self.content.get(name)
        if part is None:
            return []
        return [(f'{name}[{n}]', dict(entry)) for n, entry in enumerate(_objects(part, name))]

    def _add(self, collection: str, path: str, entry: Document, part: str = '') -> Document:
        return self.checked.add(collection, path, entry, part)


def _objects(part: Any, path: str) -> list[Document]:
    if not isinstance(part, list):
        raise wrong(path, _('it has to be a list.'))
    for n, entry in enumerate(part):
        if not isinstance(entry, dict):
            raise wrong(f'{path}[{n}]', _('it has to be an object.'))
    return part


def _comparison(text: str) -> str:
    """The key of a theory of the field that is written a little differently; other words stay as they are."""
    try:
        return relates_to(text)
    except BadInput:
        return text
