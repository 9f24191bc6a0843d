"""The values of ``corpus.model`` as plain JSON and back, for the database and for worker processes."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

__all__ = ["from_plain", "to_plain"]

T = TypeVar("T")


def to_plain(value: object) -> Any:
    """Dataclasses become mappings, tuples and sets become lists, enumerations their values."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list | tuple | frozenset):
        return [to_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: to_plain(item) for key, item in value.items()}
    return value


def from_plain(kind: type[T], data: Any) -> T:
    """The inverse of `to_plain` for a value of type ``kind``.

    Raises:
        TypeError, KeyError, ValueError: ``data`` is not such a value.
    """
    result: T = _build(kind, data)
    return result


def _build(kind: Any, data: Any) -> Any:
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _build(hints[name], value) for name, value in data.items() if name in hints})
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return tuple(_build(arguments[0], item) for item in data)
        return tuple(_build(part, item) for part, item in zip(arguments, data, strict=True))
    if origin is frozenset:
        return frozenset(_build(arguments[0], item) for item in data)
    if origin is dict:
        return {key: _build(arguments[1], item) for key, item in data.items()}
    if origin is UnionType:
        rest = [argument for argument in arguments if argument is not NoneType]
        return None if data is None else _build(rest[0], data)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    return data


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
