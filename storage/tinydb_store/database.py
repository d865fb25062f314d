"""A place as a TinyDB: its tables and queries read and change the same models as a work does.

TinyDB's own storages rewrite the whole file at every change; here a table records what is touched, and the work that
is running writes only that. Outside of a work a table can be read, not changed.
"""

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from .rows import Rows
from .work import running

if TYPE_CHECKING:
    from .place import JournalledPlace


class PlaceStorage(Storage):
    """What TinyDB takes for its file: the models in memory, as documents."""

    def __init__(self, place: 'JournalledPlace[Any]') -> None:
        self._place = place

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Every table that is not empty."""
        return {name: Documents(self._place, rows) for name, rows in self._place.rows.items() if rows.models}  # type: ignore[misc]

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Make the tables be what `data` says; TinyDB asks for it when tables are dropped."""
        for name, rows in self._place.rows.items():
            documents = Documents(self._place, rows)
            for key in [key for key in documents if key not in data.get(name, {})]:
                del documents[key]

    def documents(self, name: str) -> 'Documents':
        """One table; raises `KeyError` for one that no work knows."""
        return Documents(self._place, self._place.rows[name])


class PlaceTable(Table):
    """A TinyDB table whose documents are the models of one collection; their ids are the documents' ids."""

    document_id_class = str  # type: ignore[assignment]

    def __init__(self, storage: Storage, name: str, cache_size: int = 0, persist_empty: bool = False) -> None:
        super().__init__(storage, name, 0, persist_empty)  # no cache: models change without TinyDB being told

    def _read_table(self) -> Mapping[str, Mapping[str, Any]]:  # type: ignore[override]
        storage = self._storage
        assert isinstance(storage, PlaceStorage)
        return storage.documents(self.name)

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        storage = self._storage
        assert isinstance(storage, PlaceStorage)
        documents = storage.documents(self.name)
        updater(documents)
        documents.put_back()

    def _get_next_id(self) -> int:
        raise TypeError('Insert a tinydb.table.Document with the id that the model has: ids are made by who writes.')


class PlaceDatabase(TinyDB):
    """`PlaceDatabase(place=…)`."""

    table_class = PlaceTable

    def __init__(self, place: 'JournalledPlace[Any]') -> None:
        super().__init__(storage=PlaceStorage, place=place)


class Documents(MutableMapping[str, dict[str, Any]]):
    """Models as documents, made when they are looked at; a change to one goes into the running work."""

    def __init__(self, place: 'JournalledPlace[Any]', rows: Rows[Any]) -> None:
        self._place = place
        self._rows = rows
        self._given: dict[str, dict[str, Any]] = {}

    def __getitem__(self, key: str) -> dict[str, Any]:
        if key not in self._given:
            self._given[key] = self._rows.kind.plain(self._rows.models[key])
        return self._given[key]

    def __setitem__(self, key: str, document: Mapping[str, Any]) -> None:
        model = self._rows.kind.read(dict(document))
        if model.id != key:
            raise ValueError(f'A document of {self._rows.name} was put under an id that is not its own.')
        running(self._place).put(self._rows, model)
        self._given.pop(key, None)

    def __delitem__(self, key: str) -> None:
        if key not in self._rows.models:
            raise KeyError(key)
        running(self._place).remove(self._rows, key)
        self._given.pop(key, None)

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._rows.models))

    def __len__(self) -> int:
        return len(self._rows.models)

    def put_back(self) -> None:
        """TinyDB changes documents where they are: those that were changed are put."""
        for key, document in list(self._given.items()):
            if document != self._rows.kind.plain(self._rows.models[key]):
                self[key] = document
