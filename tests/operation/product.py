"""The real product in real processes, on a state folder or PostgreSQL databases of its own."""

import atexit
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import httpx
import psycopg
from psycopg import sql

DICHTERBIJ = Path(sys.executable).with_name("dichterbij")
_OF_THE_TESTS = ("DJANGO_SETTINGS_MODULE", "DICHTERBIJ_TEST_STATE", "PYTEST_XDIST_WORKER", "PYTEST_CURRENT_TEST")


@dataclass
class Server:
    """A running `dichterbij serve`."""

    address: str
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        """Kill it and everything it started, at once, as a power cut does."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=60)

    def kill_worker(self) -> None:
        """Kill the process that answers requests; the server starts another one."""
        for pid in children(self.process.pid):
            os.kill(pid, signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to stop, as an operator does."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=60)

    def wait(self) -> None:
        """Wait until it answers."""
        until = time.monotonic() + 120
        while time.monotonic() < until:
            assert self.process.poll() is None, "the server stopped by itself"
            try:
                if httpx.get(f"{self.address}/-/live", timeout=10).status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        raise AssertionError("the server does not answer")


@dataclass
class Product:
    """An instance: its state folder, its databases and the servers that were started on it."""

    state: Path
    database: str = ""
    servers: list[Server] = field(default_factory=list)
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment of its commands: its own state, nothing of the tests."""
        mine = {"DICHTERBIJ_STATE": str(self.state)} | ({"DATABASE_URL": self.database} if self.database else {})
        return {key: value for key, value in os.environ.items() if key not in _OF_THE_TESTS} | mine | self.extra

    def run(self, *arguments: str, program: tuple[str, ...] = (str(DICHTERBIJ),)) -> str:
        """Run a command of the product and return what it says; it must succeed."""
        done = subprocess.run(
            [*program, *arguments], env=self.environment, capture_output=True, text=True, check=False, timeout=300
        )
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
        return done.stdout

    def world(self, *arguments: str) -> str:
        """Run a command of the invented world."""
        return self.run(*arguments, program=(sys.executable, "-m", "dichterbij_world"))

    def start(self, *, workers: int = 1, port: int = 0) -> Server:
        """Serve it once more, on a port of its own unless one is given."""
        port = port or free_port()
        command = [str(DICHTERBIJ), "serve", "--bind", f"127.0.0.1:{port}", "--workers", str(workers)]
        with (self.state / "server.log").open("ab") as log:
            process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log, start_new_session=True)
        server = Server(f"http://127.0.0.1:{port}", process)
        self.servers.append(server)
        server.wait()
        return server

    @property
    def log(self) -> str:
        """Return everything its servers wrote."""
        return (self.state / "server.log").read_text(encoding="utf-8", errors="replace")


def children(pid: int) -> list[int]:
    """Return the processes that a process started."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(number) for number in found.split()]


@contextmanager
def product(state: Path, *, set_up: bool = True, extra: dict[str, str] | None = None) -> Iterator[Product]:
    """Make an instance as `make run` does; on PostgreSQL when DATABASE_URL says where a server is.

    `set_up`: with its organisations and people. `extra`: further environment of its commands.
    """
    with _database() as url:
        made = Product(state, url, extra=extra or {})
        if set_up and not url:
            shutil.copytree(_example(), state, dirs_exist_ok=True)
        else:
            _make(made, set_up=set_up)
        try:
            yield made
        finally:
            for server in made.servers:
                server.stop()


def _make(made: Product, *, set_up: bool) -> None:
    made.run("prepare")
    if set_up:
        made.run("demonstration")


def _example() -> Path:
    """Return an instance on SQLite that nobody started, made once in a run of the tests, to be copied."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
    folder = Path(tempfile.gettempdir()) / f"dichterbij-example-{run}"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = folder / "state"
        if not (folder / "made").exists():
            atexit.register(shutil.rmtree, folder, ignore_errors=True)
            _make(Product(made), set_up=True)
            (folder / "made").touch()
    return made


@contextmanager
def _database() -> Iterator[str]:
    """Give the address of two empty databases on the PostgreSQL server of DATABASE_URL; empty without one."""
    given = os.environ.get("DATABASE_URL", "")
    if not given:
        yield ""
        return
    name = f"operation_{uuid4().hex[:12]}"
    names = [name, f"{name}_logbook"]
    with psycopg.connect(given, autocommit=True) as connection:
        for each in names:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(each)))
        try:
            yield urlunsplit(urlsplit(given)._replace(path=f"/{name}"))
        finally:
            for each in names:
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(each)))


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
