"""The JSON form of an article as a JSON Schema, derived from the records."""

import inspect
import re
from collections.abc import Iterator
from datetime import datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

import attrs

from newsparse import model

SCHEMA_VERSION = 1
"""The value of ``"schema"`` in the JSON form."""

BLOCK_TAGS: dict[type, str] = {block: re.sub(r"(?<!^)(?=[A-Z])", "_", block.__name__).lower() for block in get_args(model.Block)}
"""The value of ``"type"`` of each block class: its name in snake_case."""

DATE_PATTERN = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{6})?)?(Z|[+\-][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{6})?)?)?)?$"
)
"""How a date is written: a bare date, or a date and time with or without offset."""

_SCALARS: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    datetime: {"type": "string", "pattern": DATE_PATTERN},
    NoneType: {"type": "null"},
}


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what ``Article.to_dict`` returns."""
    article = _record_schema(model.Article)
    version = {"const": SCHEMA_VERSION, "description": "The version of this format."}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "newsparse article",
        **article,
        "properties": {"schema": version, **article["properties"]},
        "required": ["schema", *article["properties"]],
        "$defs": {cls.__name__: _definition(cls) for cls in sorted(_reachable(model.Article), key=lambda cls: cls.__name__)},
    }


def _definition(cls: type) -> dict[str, Any]:
    if issubclass(cls, Enum):
        return {**_description(cls), "type": "string", "enum": [member.value for member in cls]}
    schema = _record_schema(cls)
    if cls not in BLOCK_TAGS:
        return schema
    tag = {"const": BLOCK_TAGS[cls]}
    return {**schema, "properties": {"type": tag, **schema["properties"]}, "required": ["type", *schema["required"]]}


def _record_schema(cls: type) -> dict[str, Any]:
    fields = _fields(cls)
    documented = _documented_fields(cls)
    return {
        **_description(cls),
        "type": "object",
        "properties": {field.name: _field_schema(field, documented.get(field.name)) for field in fields},
        "required": [field.name for field in fields if field.default is attrs.NOTHING],
        "additionalProperties": False,
    }


def _field_schema(field: "attrs.Attribute[Any]", description: str | None) -> dict[str, Any]:
    schema = dict(_type_schema(field.type))
    if description is not None:
        schema["description"] = description
    if field.default is not attrs.NOTHING:
        schema["default"] = list(field.default) if isinstance(field.default, tuple) else field.default
    return schema


def _type_schema(annotation: Any) -> dict[str, Any]:
    if isinstance(annotation, UnionType):
        return {"anyOf": [_type_schema(member) for member in get_args(annotation)]}
    if get_origin(annotation) is tuple:
        return {"type": "array", "items": _type_schema(get_args(annotation)[0])}
    return _SCALARS.get(annotation) or {"$ref": f"#/$defs/{annotation.__name__}"}


def _fields(cls: type) -> "tuple[attrs.Attribute[Any], ...]":
    fields: tuple[attrs.Attribute[Any], ...] = attrs.fields(attrs.resolve_types(cls))
    return fields


def _reachable(cls: type) -> set[type]:
    """The records and enumerations that ``cls`` is made of."""
    found: set[type] = set()
    pending = [cls]
    while pending:
        named = {part for field in _fields(pending.pop()) for part in _named_types(field.type)} - found
        found |= named
        pending += [part for part in named if attrs.has(part)]
    return found


def _named_types(annotation: Any) -> Iterator[type]:
    if parts := get_args(annotation):
        for part in parts:
            yield from _named_types(part)
    elif annotation is not Ellipsis and annotation not in _SCALARS:
        yield annotation


def _description(cls: type) -> dict[str, str]:
    # Without docstrings (``python -OO``) there is nothing to describe with.
    summary = (inspect.getdoc(cls) or "").partition("\n\n")[0]
    return {"description": _plain(summary)} if summary else {}


def _documented_fields(cls: type) -> dict[str, str]:
    """The entries of the docstring's ``Attributes:`` block."""
    block = (inspect.getdoc(cls) or "").partition("Attributes:\n")[2]
    entries = re.findall(r"^ {4}(\w+): (.+(?:\n {5,}.+)*)", block, re.MULTILINE)
    return {name: _plain(text) for name, text in entries}


def _plain(text: str) -> str:
    return " ".join(text.replace("``", "`").split())
