"""A folder of letters goes to the notification service over real HTTP, each letter once."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from .serving import Serving


@pytest.fixture
def taken(settings) -> Iterator[list[str]]:
    """What a notification service on a port of its own took."""
    with Serving() as service:
        settings.NOTIFY = {**settings.NOTIFY, "url": service.url, "key": f"test-{uuid4()}-{uuid4()}"}
        yield service.taken


def test_a_folder_is_posted_once_however_often_it_is_handed_over(taken, tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 a")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 b")
    (tmp_path / "now.pdf").write_bytes(b"%PDF-1.7 a sheet")
    (tmp_path / "manifest.json").write_text('{"letters": [{"file": "a.pdf"}, {"file": "b.pdf"}]}')
    call_command("post", tmp_path)
    call_command("post", tmp_path)
    assert taken == ["a", "b"]


def test_an_unfinished_folder_is_not_posted(taken, tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 a")
    with pytest.raises(CommandError, match="unfinished"):
        call_command("post", tmp_path)
    assert taken == []


def test_without_a_service_nothing_is_posted(settings, tmp_path):
    settings.NOTIFY = {**settings.NOTIFY, "url": "", "key": ""}
    with pytest.raises(CommandError, match="NOTIFY"):
        call_command("post", tmp_path)
