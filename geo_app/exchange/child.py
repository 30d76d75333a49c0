"""Files of strangers read in a process of its own, with limits of time and memory; a crash becomes a refusal.

The child answers in JSON, never in pickle: whoever takes it over can send back wrong rows, but no code.
"""

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from geo_app.domain.datum import Datum
from geo_app.domain.errors import DomainError
from geo_app.exchange.answer import features_from, features_to, refusal_from, refusal_to, table_from, table_to
from geo_app.exchange.refusals import ReadingBroke, ReadingTookTooLong, ReadingTookTooMuch
from geo_app.exchange.table import Table, joined
from geo_app.exchange.tables import read_chunks
from geo_app.exchange.vector import FeatureTable, joined_features, read_feature_chunks
from geo_app.exchange.vector_options import DEFAULTS, ReadOptions, Shape

PACKAGE_ROOT = Path(__file__).parents[2]
OUT_OF_MEMORY, LATE = 77, 78
LAST_WORDS = 2000
TO_THE_NETWORK = (
    "OGR_VRT,GDALG,HTTP,WFS,OAPIF,OGCAPI,CSW,Carto,Elasticsearch,AmigoCloud,PLSCENES,NGW,EEDA,GPSBabel,ADBC"
)
"""GDAL drivers that follow what a file says to other files, programs or hosts; a child has none of them."""


@dataclass(frozen=True, slots=True)
class ChildLimits:
    """Seconds on the clock and of one core, bytes of memory (address space) and of each file written."""

    seconds: int = 120
    cpu_seconds: int = 90
    memory_bytes: int = 3 << 30
    file_bytes: int = 4 << 30


CHILD_LIMITS = ChildLimits()


def read_features_in_child(
    path: Path, shape: Shape, options: ReadOptions = DEFAULTS, limits: ChildLimits = CHILD_LIMITS
) -> FeatureTable:
    """Do `geo_app.exchange.vector.read_features` in a child process; raises its refusals.

    Raises also ReadingTookTooLong, ReadingTookTooMuch, ReadingBroke.
    """
    return joined_features(list(read_feature_chunks_in_child(path, shape, options, limits)))


def read_feature_chunks_in_child(
    path: Path, shape: Shape, options: ReadOptions = DEFAULTS, limits: ChildLimits = CHILD_LIMITS
) -> Iterator[FeatureTable]:
    """Yield the chunks of `geo_app.exchange.vector.read_feature_chunks`, read in a child process.

    The child has ended, within its limits, before the first chunk comes; refusals as in `read_features_in_child`.
    """
    request = {"path": str(path.resolve()), "shape": shape.value, "options": asdict(options)}
    yield from map(features_from, _answers(request, path, limits))


def read_table_in_child(path: Path, options: ReadOptions = DEFAULTS, limits: ChildLimits = CHILD_LIMITS) -> Table:
    """Do `geo_app.exchange.tables.read_table` (`fields` and `layer` of the options) in a child process; see above."""
    request = {"path": str(path.resolve()), "shape": None, "options": asdict(options)}
    return joined([table_from(content) for content in _answers(request, path, limits)])


def _answers(request: dict[str, Any], path: Path, limits: ChildLimits) -> Iterator[dict[str, Any]]:
    request |= {"limits": asdict(limits)}
    # The child's own temporary files lie in our folder: they go even when it is killed.
    with TemporaryDirectory(prefix="geo-app-child-") as folder:
        answer, complaint = Path(folder) / "answer.jsonl", Path(folder) / "complaint.txt"
        code = _run(json.dumps(request).encode(), answer, complaint, limits)
        if code:
            raise _death(code, path, limits, complaint)
        with answer.open(encoding="utf-8") as lines:
            for content in map(json.loads, lines):
                if "refusal" in content:
                    raise refusal_from(content)
                yield content


def _run(request: bytes, answer: Path, complaint: Path, limits: ChildLimits) -> int:
    with answer.open("wb") as out, complaint.open("wb") as told:
        try:
            done = subprocess.run(
                [sys.executable, "-m", "geo_app.exchange.child"],
                input=request,
                stdout=out,
                stderr=told,
                timeout=limits.seconds,
                env=_environment(answer.parent),
                cwd=answer.parent,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return LATE
    return done.returncode


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    # One thread for linear algebra: each further one reserves memory that counts against the limit.
    fixed = {"OPENBLAS_NUM_THREADS": "1", "LC_ALL": "C.UTF-8", "OGR_SKIP": TO_THE_NETWORK, "PROJ_NETWORK": "OFF"}
    return {**kept, **fixed, "PYTHONPATH": str(PACKAGE_ROOT), "TMPDIR": str(folder)}


def _death(code: int, path: Path, limits: ChildLimits, complaint: Path) -> DomainError:
    megabytes = limits.memory_bytes >> 20
    refusal: DomainError = ReadingBroke(name=path.name, megabytes=megabytes)
    if code in (LATE, -signal.SIGXCPU):
        refusal = ReadingTookTooLong(name=path.name, seconds=limits.seconds if code == LATE else limits.cpu_seconds)
    elif code in (OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGKILL):
        refusal = ReadingTookTooMuch(name=path.name, megabytes=megabytes)
    # For the operator's log; the reader's sentence stays short.
    refusal.add_note(complaint.read_text(errors="replace")[-LAST_WORDS:])
    return refusal


def main() -> None:
    """Read the request from standard input, limit this process, answer on standard output: one chunk a line."""
    request = json.load(sys.stdin)
    _limit(ChildLimits(**request["limits"]))
    try:
        for content in _read(request):
            _say(content)
    except DomainError as refusal:
        _say(refusal_to(refusal))
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)


def _say(content: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(content, ensure_ascii=False) + "\n")


def _limit(limits: ChildLimits) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.file_bytes, limits.file_bytes))


def _read(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    path, told = Path(request["path"]), request["options"]
    options = ReadOptions(**{**told, "datum": Datum(told["datum"])})
    if request["shape"] is None:
        yield from map(table_to, read_chunks(path, options.fields, options.layer))
    else:
        yield from map(features_to, read_feature_chunks(path, Shape(request["shape"]), options))


if __name__ == "__main__":
    main()
