"""Models as plain data and back: what the ledger shows, what is written to disk, what an import reads."""

import dataclasses
from functools import cache
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints

import orjson
from pydantic import TypeAdapter

from app.errors import BadInput
from app.texts import _

M = TypeVar('M')


class Kind(Generic[M]):
    """One class of models, with the way to plain data (what JSON can hold) and back."""

    def __init__(self, model: type[M]) -> None:
        self.model = model
        self._adapter = TypeAdapter(model)
        self.holds_plain_data = _holds_plain_data(model)

    def plain(self, model: M) -> dict[str, Any]:
        """A new document that belongs to the caller."""
        document: dict[str, Any] = self._adapter.dump_python(model, mode='json')
        return document

    def read(self, document: dict[str, Any]) -> M:
        """The model; fields that the document lacks take their defaults, those that are unknown are left out."""
        return self._adapter.validate_python(document)

    def apart(self, model: M) -> M:
        """The model, or a copy where it holds dictionaries or lists that somebody could change."""
        return self._adapter.validate_json(encode(model)) if self.holds_plain_data else model


@cache
def kind(model: type[M]) -> Kind[M]:
    """The one `Kind` of this class."""
    return Kind(model)


def encode(value: object) -> bytes:
    """JSON; dataclasses, dates and enumerations are understood.

    Raises `BadInput` for what JSON cannot hold: half a surrogate pair is no text, and comes from broken clients.
    """
    try:
        return orjson.dumps(value)
    except TypeError as error:
        sentence = _('This text holds a character that cannot be kept. Please delete the odd character and try again.')
        raise BadInput(sentence) from error


def _holds_plain_data(annotation: Any) -> bool:
    if dataclasses.is_dataclass(annotation):
        return any(_holds_plain_data(hint) for hint in get_type_hints(annotation).values())
    if get_origin(annotation) in (dict, list, set) or annotation in (dict, list, set, Any):
        return True
    return any(_holds_plain_data(part) for part in get_args(annotation))
