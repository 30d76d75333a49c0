"""How long `./run demo` takes until the first page answers: with everything installed, for the first time and again."""

import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

from geo_app.persistence import embedded
from tests.measure import Figure

CHECKOUT = Path(__file__).parents[2]
AGAIN = 8.0


def figures() -> Iterator[Figure]:
    """Yield seconds from the command to the first answer; a fresh machine has the downloads on top."""
    with tempfile.TemporaryDirectory(prefix="geo-app-demo-") as folder:
        home = Path(folder)
        # The server works as a user of its own, who has to reach its folder.
        home.chmod(0o755)
        first, again = _seconds(home), _seconds(home)
        embedded.stop(embedded.cluster_at(home))
    yield Figure("./run demo, packages there, data folder empty", f"{first:.1f} s")
    yield Figure("./run demo again", f"{again:.1f} s", "", f"≤ {AGAIN:.0f} s", again <= AGAIN)


def _seconds(home: Path) -> float:
    port = _free_port()
    environment = {**os.environ, "GEO_APP_HOME": str(home), "GEO_APP_PORT": str(port)}
    begin = time.perf_counter()
    with subprocess.Popen(
        [CHECKOUT / "run", "demo"], env=environment, stdout=subprocess.DEVNULL, start_new_session=True
    ) as server:
        while not _answers(port):
            time.sleep(0.05)
        taken = time.perf_counter() - begin
        os.killpg(server.pid, signal.SIGTERM)
    return taken


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        connection = HTTPConnection("127.0.0.1", port, timeout=2)
        connection.request("GET", "/sign-in")
        return connection.getresponse().status == 200
    except OSError:
        return False
