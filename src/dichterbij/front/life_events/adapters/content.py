"""The life events of this instance, read once from the shipped data and the overlay of its operator."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from ..domain import (
    Body,
    Card,
    CardText,
    Channel,
    Condition,
    Deadline,
    EventText,
    FactEquals,
    Group,
    LifeEvent,
    Moment,
    Output,
    Says,
    Source,
)
from .documents import Document, files, read

FOLDER = "content/life_events"


@cache
def life_events() -> Mapping[str, LifeEvent]:
    """Return the life events by id."""
    return {event.id: event for event in load(settings.DATA_FOLDERS)}


def load(folders: Iterable[Path]) -> list[LifeEvent]:
    """Read the life events of some data folders; raises `Unreadable`, or `KeyError` for what the check would find."""
    return [_event(event.data, [card.data for card in cards]) for event, cards in documents(folders)]


def documents(folders: Iterable[Path]) -> list[tuple[Document, list[Document]]]:
    """Return the file of each life event with the files of its cards."""
    listed = files(folders, FOLDER)
    events = [path for path in listed if path.name == "event.yaml"]
    return [(read(event), _cards_of(event.parent.name, listed)) for event in events]


def _cards_of(event: str, listed: Iterable[Path]) -> list[Document]:
    return [read(path) for path in listed if path.parts[-3:-1] == (event, "cards")]


def _event(data: Mapping[str, Any], cards: Iterable[Mapping[str, Any]]) -> LifeEvent:
    by_id = {card["id"]: _card(card) for card in cards}
    return LifeEvent(
        id=data["id"],
        slug=data["slug"],
        law=data["law"],
        questions=tuple(data.get("questions", ())),
        cards=tuple(by_id[name] for name in data["cards"]),
        bodies={key: _body(key, body) for key, body in data.get("bodies", {}).items()},
        texts={language: _words(EventText, words) for language, words in data["texts"].items()},
    )


def _body(key: str, data: Mapping[str, Any]) -> Body:
    where = data.get("where", {})
    return Body(key=key, name=data["name"], where=where, phone=data.get("phone", ""), url=data.get("url", ""))


def _card(data: Mapping[str, Any]) -> Card:
    return Card(
        id=data["id"],
        organisation=data["organisation"],
        task=data.get("task", ""),
        product=data.get("product", ""),
        is_left_out_when_past="past" in data,
        is_left_out_when_unknown="unknown" in data,
        group=Group(data["group"]),
        otherwise=Group(data["otherwise"]) if "otherwise" in data else None,
        otherwise_when=_condition(data["otherwise_when"]) if "otherwise_when" in data else None,
        when=Moment(data["when"]),
        shown_when=_condition(data["shown_when"]),
        deadline=_deadline(data["deadline"]) if "deadline" in data else None,
        amount=_output(data["amount"]) if "amount" in data else None,
        channels=tuple(Channel(name) for name in data["channels"]),
        sources=tuple(Source(title=source["title"], url=source["url"]) for source in data["sources"]),
        texts={language: _words(CardText, words) for language, words in data["texts"].items()},
    )


def _condition(data: Mapping[str, Any]) -> Condition:
    return FactEquals(fact=data["fact"], value=data["equals"]) if "fact" in data else _output(data)


def _output(data: Mapping[str, Any]) -> Output:
    return Output(law=data["law"], output=data["output"])


def _deadline(data: Mapping[str, Any]) -> Deadline:
    return Deadline(output=_output(data), says=Says(data.get("says", Says.LAST_DAY)))


def _words(kind: type[Any], words: Mapping[str, Any]) -> Any:
    texts = {name: text for name, text in words.items() if name not in ("status", "by", "on")}
    return kind(**texts, draft=words.get("status") == "draft")
