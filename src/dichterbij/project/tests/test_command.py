"""What an operator reads when a command cannot do its work."""

import pytest
from django.core import management
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, OperationalError

from dichterbij.ground.organisations.domain import KeyMissing
from dichterbij.project import command


@pytest.mark.parametrize(
    ("problem", "says"),
    [
        (OperationalError("connection refused"), "the database refuses: connection refused. Look at DATABASE_URL"),
        (KeyMissing("Sleutel sign van organisatie 1 is er niet."), "Sleutel sign van organisatie 1 is er niet."),
        (ImproperlyConfigured("means.yaml, entry 1: missing ['id']"), "means.yaml, entry 1: missing ['id']"),
        (FileNotFoundError(2, "No such file or directory", "places.csv"), "places.csv"),
    ],
)
def test_what_an_operator_can_mend_is_one_sentence_and_a_failure(problem, says, monkeypatch, capsys):
    _run(problem, monkeypatch)
    assert command.main() == 1
    told = capsys.readouterr().err
    assert says in told
    assert told.count("\n") == 1


def test_a_row_that_the_database_quotes_is_not_repeated(monkeypatch, capsys):
    _run(IntegrityError("duplicate key\nDETAIL: Key (number)=(999990019) already exists."), monkeypatch)
    assert command.main() == 1
    assert "999990019" not in capsys.readouterr().err


def test_who_asks_for_the_traceback_gets_it(monkeypatch):
    _run(OperationalError("connection refused"), monkeypatch, "--traceback")
    with pytest.raises(OperationalError):
        command.main()


def _run(problem, monkeypatch, *options):
    def fail(_arguments):
        raise problem

    monkeypatch.setattr(management, "execute_from_command_line", fail)
    monkeypatch.setattr("sys.argv", ["dichterbij", "prepare", *options])
