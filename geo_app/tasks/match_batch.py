"""Matching a file as background work: written beside the kept files, then fetched by whoever asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from geo_app.domain.access import EVERYWHERE, require
from geo_app.domain.access_roles import Permission
from geo_app.domain.match_text import MatchSource, MatchTally
from geo_app.domain.matching import Answer
from geo_app.domain.matching_grade import Grade
from geo_app.exchange.match_files import opened_texts, written_rows
from geo_app.services.match_batch import BatchCounts, match_rows
from geo_app.services.match_tally import record_tally
from geo_app.services.search import match_texts
from geo_app.services.search_places import KnownPlaces
from geo_app.tasks.imports import acting
from geo_app.tasks.run import Run


def match_file(run: Run) -> dict[str, Any]:
    """Match the file that the job's arguments describe; doubtful texts go to the list that people work off.

    Arguments: path, column, folder, name, today, reason, language.
    """
    told = run.job.arguments
    today = date.fromisoformat(told["today"])
    with run.database.transaction() as register:
        actor = acting(register, run, today)
        require(actor, Permission.MATCH_RUN, EVERYWHERE, today)
    batch = _Batch(run)
    counts = batch.write(Path(told["folder"]) / str(run.job.id) / told["name"])
    with run.database.transaction() as register:
        waiting = record_tally(register, MatchSource.BATCH, batch.tally, today)
        register.journal.write(
            actor.account_id, actor.reason, "match", ("job", run.job.id), {"rows": counts.rows, "file": told["name"]}
        )
    grades = {grade.name.lower(): counts.grades[grade] for grade in Grade}
    return {"rows": counts.rows, "long": counts.long, "waiting": waiting, "file": told["name"], **grades}


@dataclass(slots=True)
class _Batch:
    run: Run
    known: KnownPlaces = field(default_factory=KnownPlaces)
    tally: MatchTally = field(init=False)

    def write(self, path: Path) -> BatchCounts:
        """Write the matched file and return its counts."""
        told = self.run.job.arguments
        path.parent.mkdir(parents=True, exist_ok=True)
        counts = BatchCounts()
        with (
            opened_texts(Path(told["path"]), told["column"]) as given,
            written_rows(path, from_excel=given.from_excel) as writer,
        ):
            with self.run.database.transaction() as register:
                self.known.fresh(register)
            self.tally = MatchTally(self.known.gazetteer)
            for counts, answered in match_rows(given, writer, self._answers, told["language"]):
                for text, answer in answered:
                    self.tally.take(text, answer)
                self.run.progress(counts.rows)
        return counts

    def _answers(self, texts: Sequence[str]) -> list[Answer]:
        with self.run.database.transaction() as register:
            return match_texts(register, self.known, texts)
