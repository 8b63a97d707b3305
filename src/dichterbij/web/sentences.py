"""The sentences that stand in the source of a room: in Python, in templates, in problems and in retention."""

import ast
import builtins
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.utils.translation.template import templatize

_KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def sentences(folders: Iterable[Path]) -> Catalog:
    """Return every sentence that stands in the Python and the templates of folders, tests left out."""
    found = Catalog(charset="utf-8")
    for folder in folders:
        for file in sorted([*folder.rglob("*.py"), *folder.rglob("*.html"), *folder.rglob("*.txt")]):
            place = file.relative_to(folder)
            if not {"tests", "migrations", "locale", "static"} & set(place.parts):
                _add_sentences(found, file, f"{folder.name}/{place.as_posix()}")
    return found


def _add_sentences(found: Catalog, file: Path, place: str) -> None:
    for _line, message, comments, context in extract("python", _source(file), _KEYWORDS, ("Vertaler:",)):
        found.add(message, locations=[(place, 0)], auto_comments=comments, context=context)
    if file.suffix == ".py":
        source = file.read_text(encoding="utf-8")
        for text in (*problem_sentences(source), *retention_sentences(source)):
            found.add(text, locations=[(place, 0)])


def problem_sentences(source: str) -> Iterator[str]:
    """Yield what problems say to people: the title of each class with a code, and sentences given when one is raised.

    They are translated when they are shown (`errors`), so that the rooms below need no gettext.
    """
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.ClassDef(body=body):
                values = dict(_class_texts(body))
                yield from (values[name] for name in ("title", "remedy") if "code" in values and name in values)
            case ast.Raise(exc=ast.Call(func=ast.Name(id=name), args=args, keywords=keywords)) if _is_shown(name):
                for value in [*args, *(keyword.value for keyword in keywords)]:
                    if (
                        isinstance(value, ast.Constant)
                        and isinstance(value.value, str)
                        and value.value.endswith((".", "?"))
                    ):
                        yield value.value


def _is_shown(error: str) -> bool:
    """Say whether people may read what an error says; on the command line nothing is translated."""
    return not hasattr(builtins, error) and error != "CommandError"


def retention_sentences(source: str) -> Iterator[str]:
    """Yield how long and why personal data is kept, as `retention.register` is told; translated when it is shown."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="retention"), attr="register"), keywords=keywords):
                values = (each.value for each in keywords if each.arg in ("why", "keep"))
                yield from (
                    value.value for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str)
                )


def _class_texts(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for statement in body:
        match statement:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(text)))
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.Constant(value=str(text)))
            ):
                yield name, text


def _source(file: Path) -> io.BytesIO:
    """Return what Babel's reader of Python can read; of a template only its sentences, without indentation."""
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        text = "\n".join(line.lstrip() for line in templatize(text, origin=str(file)).splitlines())
    return io.BytesIO(text.encode())
