"""How often one caller may ask in a minute, counted over all workers. Nothing about a caller is stored.

Moments of requests stand in memory that the workers share because it is there before they are (`project.serving`), in
a place found by a keyed hash of who calls; the key is drawn when the product starts. Needs no framework.
"""

import hashlib
import mmap
import secrets
import struct
import time
from collections.abc import Callable
from multiprocessing import Lock
from typing import Final

PER_MINUTE: Final = 60
MINUTE: Final = 60.0
LONGEST_WAIT: Final = 0.05
_PLACES: Final = 4096
_MOMENTS: Final = struct.Struct(f"={PER_MINUTE}d")
_shared = mmap.mmap(-1, _PLACES * _MOMENTS.size)
_turn = Lock()
_key = secrets.token_bytes(16)


def keeps_pace(caller: str, now: Callable[[], float] = time.monotonic) -> bool:
    """Note a request; False, and nothing noted, when its caller made sixty in the last minute.

    `now`: seconds of a clock that only goes forward, the same for all workers.
    """
    digest = hashlib.blake2b(caller.encode(), key=_key, digest_size=8).digest()
    start = int.from_bytes(digest) % _PLACES * _MOMENTS.size
    held = _turn.acquire(timeout=LONGEST_WAIT)  # a worker that was killed may have kept it
    try:
        moment, moments = now(), _MOMENTS.unpack_from(_shared, start)
        oldest, *later = moments
        if oldest and moment - oldest < MINUTE:
            return False
        _MOMENTS.pack_into(_shared, start, *later, moment)
        return True
    finally:
        if held:
            _turn.release()
