"""The models of one kind in memory: by id, in the order in which they were first put, with hash indexes."""

from typing import Any, Generic, TypeVar

from app.store import Kept
from storage.plain import kind

T = TypeVar('T', bound=Kept)


class Rows(Generic[T]):
    """Reading one, and asking by an indexed field, costs the same at ten and at a hundred thousand."""

    def __init__(self, name: str, model: type[T], indexed: tuple[str, ...], documents: dict[str, Any]) -> None:
        self.name = name
        self.kind = kind(model)
        self.models: dict[str, T] = {}
        self._places: dict[str, int] = {}
        self._next_place = 0
        self._disordered = False
        self._indexes: dict[str, dict[object, dict[str, None]]] = {name: {} for name in indexed}
        for document in documents.values():
            self.put(self.kind.read(document))

    def get(self, key: str) -> T | None:
        """The model with this id."""
        return self.models.get(key)

    def all(self, equal: dict[str, object]) -> list[T]:
        """Those whose fields equal what is given, in order."""
        rest = dict(equal)
        for name, keys_by_value in self._indexes.items():
            if name in rest:
                keys = keys_by_value.get(rest.pop(name), {})
                models = [self.models[key] for key in sorted(keys, key=self._places.__getitem__)]
                break
        else:
            models = list(self.models.values())
        if rest:
            return [model for model in models if all(getattr(model, name) == rest[name] for name in rest)]
        return models

    def place(self, key: str) -> int | None:
        """Where the model stands in the order, to be given to `restore`."""
        return self._places.get(key)

    def put(self, model: T) -> None:
        """Add at the end, or replace where it stands."""
        key = model.id
        before = self.models.get(key)
        if before is None:
            self._places[key] = self._next_place
            self._next_place += 1
        self.models[key] = model
        if self._indexes:
            self._note(key, before, model)

    def remove(self, key: str) -> None:
        """Remove one that is there."""
        before = self.models.pop(key)
        del self._places[key]
        self._note(key, before, None)

    def restore(self, key: str, before: T | None, place: int | None) -> None:
        """What was under this id, where it was; call `settle` after a number of these."""
        if before is None or place is None:
            if key in self.models:
                self.remove(key)
            return
        now = self.models.get(key)
        self._disordered |= self._places.get(key) != place
        self.models[key] = before
        self._places[key] = place
        self._note(key, now, before)

    def settle(self) -> None:
        """Put the order right after things were restored."""
        if self._disordered:
            self.models = dict(sorted(self.models.items(), key=lambda item: self._places[item[0]]))
            self._disordered = False

    def _note(self, key: str, before: T | None, after: T | None) -> None:
        for name, keys in self._indexes.items():
            old = None if before is None else getattr(before, name)
            new = None if after is None else getattr(after, name)
            if before is not None and (after is None or old != new):
                del keys[old][key]
                if not keys[old]:
                    del keys[old]
            if after is not None and (before is None or old != new):
                keys.setdefault(new, {})[key] = None
