"""On PostgreSQL the server writes the logbook with a role that can add and read, and nothing else."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import errors, sql

from . import applying
from .guest import Guest
from .product import Product, product

pytestmark = pytest.mark.skipif(not os.environ.get("DATABASE_URL"), reason="roles are of PostgreSQL")
RIGHTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}",
)


@pytest.fixture
def instance_with_role(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Product, str]]:
    """An instance whose server knows the logbook by a role with the rights of docs/operate."""
    with product(tmp_path_factory.mktemp("role")) as made:
        logbook = f"{made.database}_logbook"
        role = f"log_{urlsplit(logbook).path.strip('/')}"[:60]
        with psycopg.connect(logbook, autocommit=True) as owner:
            owner.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
            for right in RIGHTS:
                owner.execute(sql.SQL(right).format(role=sql.Identifier(role)))
        parts = urlsplit(logbook)
        made.extra["DICHTERBIJ_LOGBOOK_URL"] = urlunsplit(
            parts._replace(netloc=f"{role}@{parts.hostname}:{parts.port}")
        )
        try:
            yield made, made.extra["DICHTERBIJ_LOGBOOK_URL"]
        finally:
            for server in made.servers:
                server.stop()
            with psycopg.connect(logbook, autocommit=True) as owner:
                owner.execute(sql.SQL("DROP OWNED BY {}").format(sql.Identifier(role)))
                owner.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))


def test_a_role_that_may_only_add_and_read_is_enough(instance_with_role: tuple[Product, str]) -> None:
    instance, logbook = instance_with_role
    student = Guest(instance.start().address)
    student.log_in("student")
    page = applying.fill(student, applying.begin(student))
    assert student.press(page, applying.sending(page)).path.endswith("/received")
    assert len(list(applying.acts(student))) >= 2
    instance.run("logbook", "seal")
    instance.run("logbook", "verify")
    with psycopg.connect(logbook, autocommit=True) as connection:
        for forbidden in ("DELETE FROM logbook_line", "UPDATE logbook_line SET kind = ''", "TRUNCATE logbook_line"):
            with pytest.raises(errors.InsufficientPrivilege):
                connection.execute(forbidden)
