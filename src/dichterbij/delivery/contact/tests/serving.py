"""A notification service on a port of its own, over real HTTP: it takes everything and knows what it took."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import parse_qs, urlsplit
from uuid import NAMESPACE_URL, uuid5


class Serving:
    """`taken`: the references that were posted, in order. `delay`: seconds between taking and answering."""

    def __init__(self, delay: float = 0.0) -> None:
        self.taken: list[str] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                service.taken.append(said["reference"])
                time.sleep(delay)
                self._answer(201, _number(said["reference"]))

            def do_GET(self) -> None:
                wanted = parse_qs(urlsplit(self.path).query)["reference"][0]
                self._answer(200, {"notifications": [_number(wanted)] if wanted in service.taken else []})

            def _answer(self, status: int, body: object) -> None:
                self.send_response(status)
                self.end_headers()
                self.wfile.write(json.dumps(body).encode())

            def log_message(self, *_args: object) -> None:
                """Keep the output of the tests clean."""

            def handle(self) -> None:
                try:
                    super().handle()
                except ConnectionError:  # who asked was killed
                    self.close_connection = True

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "Serving":
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, _kind: type | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()


def _number(reference: str) -> dict[str, str]:
    return {"id": str(uuid5(NAMESPACE_URL, reference)), "reference": reference}
