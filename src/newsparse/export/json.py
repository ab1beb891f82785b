"""Articles as JSON, and back: ``from_json(to_json(article)) == article``.

Every field of the article is present; in the records inside it a field that has its default value is left out.
This is the only module that loads cattrs.
"""

import json
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum
from functools import cache
from operator import attrgetter
from reprlib import repr as short_repr
from typing import Any, TypeVar, get_origin

import attrs
from cattrs import Converter, transform_error
from cattrs.cols import list_structure_factory
from cattrs.errors import BaseValidationError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from newsparse.errors import InvalidRecordError
from newsparse.export.common import iso_date
from newsparse.export.schema import BLOCK_TAGS, DATE_PATTERN, SCHEMA_VERSION
from newsparse.model import Article, Block

_DATE = re.compile(DATE_PATTERN)
_SHOWN_PROBLEMS = 5
_Kind = TypeVar("_Kind")


def to_dict(article: Article) -> dict[str, Any]:
    """The article as JSON-ready dictionaries and lists."""
    data: dict[str, Any] = {"schema": SCHEMA_VERSION}
    data.update(_converter().unstructure(article, Article))
    # How a date is written depends on its precision, which is a field of its own.
    if article.published is not None:
        data["published"] = iso_date(article.published, article.published_precision)
    if article.modified is not None:
        data["modified"] = iso_date(article.modified, article.modified_precision)
    return data


def to_json(article: Article, indent: int | None = None) -> str:
    """The article as JSON text, on one line unless ``indent`` is given."""
    separators = (",", ":") if indent is None else None
    text = json.dumps(to_dict(article), ensure_ascii=False, allow_nan=False, indent=indent, separators=separators)
    # A lone surrogate cannot be written as UTF-8; Python's escape of it is also JSON's.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def from_dict(data: dict[str, Any]) -> Article:
    """The article that ``to_dict`` wrote; fields that are left out have their defaults."""
    fields = _without_schema(_expect(data, dict, "an object"))
    try:
        return _converter().structure(fields, Article)
    except (BaseValidationError, InvalidRecordError) as error:
        # The message says all; chained, the group would print a traceback for each problem.
        raise InvalidRecordError(_explain(error)) from None


def from_json(text: str | bytes) -> Article:
    """The article that ``to_json`` wrote."""
    try:
        data = json.loads(text)
    except ValueError as error:
        raise InvalidRecordError(f"not JSON: {error}") from error
    except RecursionError as error:
        raise InvalidRecordError("not the JSON of an article: it is nested too deeply") from error
    return from_dict(data)


def _without_schema(data: dict[str, Any]) -> dict[str, Any]:
    version = data.get("schema")
    if type(version) is not int or version != SCHEMA_VERSION:
        found = f"not {short_repr(version)}" if "schema" in data else "but it is missing"
        raise InvalidRecordError(f"expected {SCHEMA_VERSION}, {found} @ article.schema")
    return {key: value for key, value in data.items() if key != "schema"}


def _explain(error: Exception) -> str:
    problems = transform_error(error, "article", _describe)
    more = len(problems) - _SHOWN_PROBLEMS
    return "; ".join(problems[:_SHOWN_PROBLEMS]) + (f"; and {more} more" if more > 0 else "")


def _describe(error: BaseException, _: type | None) -> str:
    return "a required field is missing" if isinstance(error, KeyError) else str(error)


@cache
def _converter() -> Converter:
    converter = Converter(omit_if_default=True, unstruct_collection_overrides={tuple: list})
    for scalar, named in ((str, "a string"), (int, "an integer"), (bool, "true or false")):
        converter.register_structure_hook(scalar, _scalar_hook(scalar, named))
    converter.register_structure_hook(datetime, _read_date)
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    # Without a hook of their own the enumerations, being strings, would have that of ``str``.
    converter.register_structure_hook(StrEnum, _read_enum)
    converter.register_unstructure_hook(StrEnum, attrgetter("_value_"))
    converter.register_structure_hook_factory(attrs.has, lambda cls: _record_reader(cls, converter))
    converter.register_structure_hook_factory(_is_tuple, lambda kind: _list_reader(kind, converter))
    converter.register_structure_hook_func(_is_block, _block_reader(converter))
    converter.register_unstructure_hook_func(_is_block, _block_writer(converter))
    # Last, since it is compiled from the hooks above.
    converter.register_unstructure_hook(Article, make_dict_unstructure_fn(Article, converter, _cattrs_omit_if_default=False))
    return converter


def _is_block(kind: Any) -> bool:
    return bool(kind == Block)


def _is_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _expect(value: Any, kind: type[_Kind], named: str) -> _Kind:
    if type(value) is not kind:
        raise InvalidRecordError(f"expected {named}, not {short_repr(value)}")
    return value


def _scalar_hook(kind: type, named: str) -> Callable[[Any, Any], Any]:
    return lambda value, _: _expect(value, kind, named)


def _read_date(value: Any, _: Any) -> datetime:
    text = _expect(value, str, "a date")
    try:
        if _DATE.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidRecordError(f"expected a date, not {text!r}: {error}") from error
    raise InvalidRecordError(f"expected a date such as '2024-05-03' or '2024-05-03T10:20+02:00', not {short_repr(text)}")


def _read_enum(value: Any, kind: type[StrEnum]) -> StrEnum:
    try:
        return kind(value)
    except ValueError:
        raise InvalidRecordError(f"expected {_one_of(kind)}, not {short_repr(value)}") from None


def _record_reader(cls: type, converter: Converter) -> Callable[[Any, Any], Any]:
    read: Callable[[Any, Any], Any] = make_dict_structure_fn(cls, converter)
    known = {field.name for field in attrs.fields(cls)}

    def read_known(value: Any, kind: Any) -> Any:
        if unknown := _expect(value, dict, "an object").keys() - known:
            raise InvalidRecordError("unknown field " + ", ".join(sorted(map(short_repr, unknown))))
        return read(value, kind)

    return read_known


def _list_reader(kind: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    read = list_structure_factory(kind, converter)
    return lambda value, _: tuple(read(_expect(value, list, "a list"), kind))


def _block_reader(converter: Converter) -> Callable[[Any, Any], Block]:
    readers = {tag: (converter.get_structure_hook(cls), cls) for cls, tag in BLOCK_TAGS.items()}

    def read(value: Any, _: Any) -> Block:
        fields = dict(_expect(value, dict, "an object"))
        tag = fields.pop("type", None)
        if type(tag) is not str or tag not in readers:
            raise InvalidRecordError(f'expected "type" to be {_one_of(readers)}, not {short_repr(tag)}')
        reader, cls = readers[tag]
        block: Block = reader(fields, cls)
        return block

    return read


def _block_writer(converter: Converter) -> Callable[[Block], dict[str, Any]]:
    writers = {cls: (tag, converter.get_unstructure_hook(cls)) for cls, tag in BLOCK_TAGS.items()}

    def write(block: Block) -> dict[str, Any]:
        tag, writer = writers[type(block)]
        return {"type": tag, **writer(block)}

    return write


def _one_of(values: Iterable[str]) -> str:
    return "one of " + ", ".join(values)
