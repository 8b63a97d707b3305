"""The file that holds the world: one JSON document per registry and key, and the terms by which it is searched.

Servers open it read-only; `load` and `event` write it. Families are kept as well, so that an event rewrites what
every registry knows of the people it touches.
"""

import json
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from .people import Family
from .personas import Persona

Document = dict[str, Any]
_FAMILY: TypeAdapter[Family] = TypeAdapter(Family)
_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE document (registry TEXT, key TEXT, body TEXT NOT NULL, PRIMARY KEY (registry, key));
CREATE TABLE search (registry TEXT, term TEXT, key TEXT, PRIMARY KEY (registry, term, key)) WITHOUT ROWID;
CREATE INDEX search_by_key ON search (key);
CREATE TABLE family (id INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE member (bsn TEXT PRIMARY KEY, family INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE persona (key TEXT PRIMARY KEY, position INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE event (sequence INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, body TEXT NOT NULL, data TEXT NOT NULL);
CREATE TABLE fault (registry TEXT PRIMARY KEY, kind TEXT NOT NULL) WITHOUT ROWID;
"""


class WorldMissing(Exception):
    """There is no world file yet; `python -m dichterbij_world load` makes one."""


def default_path() -> Path:
    """Return where the world of this instance lives."""
    repository = Path(__file__).resolve().parents[2]
    return Path(os.environ.get("DICHTERBIJ_STATE", repository / "var")) / "world.sqlite3"


def write(text: object) -> str:
    """Write a document as compact JSON."""
    return json.dumps(text, ensure_ascii=False, separators=(",", ":"))


@dataclass(slots=True)
class Writer:
    """Writes a world, new or existing, in one transaction that `close` ends."""

    path: Path
    _db: sqlite3.Connection = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._db = sqlite3.connect(self.path, isolation_level=None)
        self._db.execute("BEGIN IMMEDIATE")

    @classmethod
    def new(cls, path: Path) -> "Writer":
        """Start an empty world at a place where there is no file yet."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with sqlite3.connect(path) as db:
            db.executescript(_TABLES)
        db.close()
        return cls(path)

    def set_meta(self, values: Mapping[str, str]) -> None:
        """Note facts about the world itself: seed, day, number of persons."""
        self._db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())

    def put(self, registry: str, key: str, document: Document, terms: Iterable[str] = ()) -> None:
        """Store what a registry knows under a key, and the terms that find it, replacing what it knew before."""
        self._db.execute("INSERT OR REPLACE INTO document VALUES (?, ?, ?)", (registry, key, write(document)))
        self._db.execute("DELETE FROM search WHERE key = ? AND registry = ?", (key, registry))
        self._db.executemany("INSERT OR IGNORE INTO search VALUES (?, ?, ?)", ((registry, term, key) for term in terms))

    def put_family(self, number: int, family: Family) -> None:
        """Store a family as the source of its documents."""
        body = _FAMILY.dump_json(family).decode()
        self._db.execute("INSERT OR REPLACE INTO family VALUES (?, ?)", (number, body))
        self._db.executemany(
            "INSERT OR REPLACE INTO member VALUES (?, ?)", ((person.bsn, number) for person in family.people)
        )

    def remove_family(self, number: int) -> None:
        """Forget a family whose people are about to belong to another."""
        self._db.execute("DELETE FROM family WHERE id = ?", (number,))

    def put_persona(self, position: int, persona: Persona) -> None:
        """Store one of the fixed people."""
        body = write({name: getattr(persona, name) for name in Persona.__dataclass_fields__})
        self._db.execute("INSERT INTO persona VALUES (?, ?, ?)", (persona.key, position, body))

    def put_event(self, identifier: str, body: Document, data: Document) -> None:
        """Store an event once, with the data behind its reference. An event that is there already stays as it is."""
        self._db.execute(
            "INSERT OR IGNORE INTO event (id, body, data) VALUES (?, ?, ?)", (identifier, write(body), write(data))
        )

    def set_fault(self, registry: str, kind: str) -> None:
        """Let a registry misbehave (see `registries.faults`), or behave again with an empty kind."""
        self._db.execute("DELETE FROM fault WHERE registry = ?", (registry,))
        if kind:
            self._db.execute("INSERT INTO fault VALUES (?, ?)", (registry, kind))

    def close(self) -> None:
        """Make everything written durable and let go of the file."""
        self._db.execute("COMMIT")
        self._db.close()


@dataclass(frozen=True, slots=True)
class World:
    """Reads a world file; safe to share between threads."""

    path: Path
    _local: threading.local = field(default_factory=threading.local, repr=False)

    def document(self, registry: str, key: str) -> Document | None:
        """Return what a registry knows under a key, or None."""
        row = self._db().execute("SELECT body FROM document WHERE registry=? AND key=?", (registry, key)).fetchone()
        return json.loads(row[0]) if row else None

    def found(self, registry: str, term: str) -> tuple[str, ...]:
        """Return the keys filed under a search term, in a fixed order."""
        query = "SELECT key FROM search WHERE registry=? AND term=? ORDER BY key"
        return tuple(row[0] for row in self._db().execute(query, (registry, term)))

    def found_beginning(self, registry: str, beginning: str) -> tuple[str, ...]:
        """Return the keys filed under any term that begins in a certain way."""
        query = "SELECT DISTINCT key FROM search WHERE registry=? AND term>=? AND term<? ORDER BY key"
        return tuple(row[0] for row in self._db().execute(query, (registry, beginning, beginning + "\uffff")))

    def keys(self, registry: str) -> Iterator[str]:
        """Give every key of a registry, in a fixed order."""
        return (r[0] for r in self._db().execute("SELECT key FROM document WHERE registry=? ORDER BY key", (registry,)))

    def meta(self) -> dict[str, str]:
        """Return the facts about the world itself."""
        return dict(self._db().execute("SELECT name, value FROM meta").fetchall())

    def personas(self) -> tuple[Persona, ...]:
        """Return the fixed people, in the order of their files."""
        rows = self._db().execute("SELECT body FROM persona ORDER BY position")
        return tuple(Persona(**(told | {"roles": tuple(told["roles"])})) for told in (json.loads(r[0]) for r in rows))

    def persona(self, key: str) -> Persona:
        """Return one of the fixed people; raises `KeyError` for an unknown key."""
        return next((p for p in self.personas() if p.key == key), None) or _unknown(key)

    def family_of(self, bsn: str) -> tuple[int, Family]:
        """Return the family of a person with its number; raises `KeyError` for somebody unknown."""
        query = "SELECT id, body FROM family JOIN member ON family.id = member.family WHERE bsn = ?"
        row = self._db().execute(query, (bsn,)).fetchone()
        if row is None:
            raise KeyError("nobody in this world has that number")
        return row[0], _FAMILY.validate_json(row[1])

    def knows(self, bsn: str) -> bool:
        """Say whether somebody in this world has a number."""
        return self._db().execute("SELECT 1 FROM member WHERE bsn = ?", (bsn,)).fetchone() is not None

    def family(self, number: int) -> Family | None:
        """Return the family with a number, or None."""
        row = self._db().execute("SELECT body FROM family WHERE id = ?", (number,)).fetchone()
        return _FAMILY.validate_json(row[0]) if row else None

    def families(self) -> Iterator[Family]:
        """Give every family, in the order in which they were made."""
        return (_FAMILY.validate_json(row[0]) for row in self._db().execute("SELECT body FROM family ORDER BY id"))

    def events(self) -> tuple[Document, ...]:
        """Return all events as they are sent, oldest first."""
        return tuple(json.loads(row[0]) for row in self._db().execute("SELECT body FROM event ORDER BY sequence"))

    def event_data(self, identifier: str, kind_begins: str = "") -> Document | None:
        """Return the data behind the reference of an event, or None; also when its kind begins otherwise."""
        row = self._db().execute("SELECT data, body FROM event WHERE id = ?", (identifier,)).fetchone()
        return json.loads(row[0]) if row and json.loads(row[1])["type"].startswith(kind_begins) else None

    def fault(self, registry: str) -> str:
        """Return how a registry misbehaves just now; empty when it does not."""
        row = self._db().execute("SELECT kind FROM fault WHERE registry = ?", (registry,)).fetchone()
        return str(row[0]) if row else ""

    def _db(self) -> sqlite3.Connection:
        if not self.path.exists():
            raise WorldMissing(f"no world at {self.path}")
        made = self.path.stat().st_ino
        if getattr(self._local, "made", None) != made:  # a world loaded again is another file
            self._local.db = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, isolation_level=None)
            self._local.made = made
        return self._local.db  # type: ignore[no-any-return]


def _unknown(key: str) -> Persona:
    raise KeyError(f"no persona is called {key}")
