"""`geo-app suite`: run any numbering engine against the suite of difficult streets."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from geo_app.domain.errors import DomainError
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering_suite import SuiteCase, Verdict, judge
from geo_app.exchange.language import LANGUAGES, render
from geo_app.exchange.numbering_suite import FOLDER, read_answer, read_cases, write_inputs

OWN = (
    *(sys.executable, "-m", "geo_app.cli", "number", "{streets}", "{entrances}", "--rule", "{rule}", "--out", "{out}"),
    *("--findings", "{findings}", "--reserve-lanes"),
)
"""The command that is tried when none is given: our own."""

LONGEST_SECONDS = 120

PASSED = marked("passed")
FAILED = marked("not passed")
SUMMARY = marked("{passed} of {cases} cases passed.")
WRONG = marked("entrance {entrance}: {right} expected, {got} given")
MISSING = marked("entrance {entrance}: finding {kind} is missing")


class CaseUnknown(DomainError):
    """`--only` names a case that the suite has not."""

    pattern = "The suite has no case {case}; there are: {cases}."


@click.group()
def suite() -> None:
    """Difficult streets with the numbers they must get: a suite that any engine can be tried on."""


@suite.command(
    epilog="""\b
Example:
  geo-app suite run
  geo-app suite run -- my-engine {streets} {entrances} --rule {rule} --out {out} --findings {findings}
"""
)
@click.argument("command", nargs=-1)
@click.option("--cases", "folder", type=click.Path(path_type=Path), default=FOLDER, help="Folder with the case files.")
@click.option("--only", multiple=True, metavar="CASE", help="Try only this case; repeatable.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="zh", show_default=True, help="Language of the table.")
def run(command: tuple[str, ...], folder: Path, only: tuple[str, ...], lang: str) -> None:
    """Run COMMAND on each case and say which it passes; without COMMAND, `geo-app number`.

    In COMMAND {streets}, {entrances}, {rule}, {out} and {findings} stand for the files of a case.
    """
    try:
        cases = _chosen(read_cases(folder), only)
    except DomainError as refusal:
        click.echo(render(refusal.message, lang), err=True)
        sys.exit(2)
    with click.progressbar(cases, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        verdicts = [_tried(case, command or OWN) for case in bar]
    for case, verdict in zip(cases, verdicts, strict=True):
        _tell(case, verdict, lang)
    passed = sum(verdict.passed for verdict in verdicts)
    click.echo(render(Message(SUMMARY, {"passed": passed, "cases": len(cases)}), lang))
    sys.exit(0 if passed == len(cases) else 1)


def _chosen(cases: Sequence[SuiteCase], only: Sequence[str]) -> list[SuiteCase]:
    known = {case.name: case for case in cases}
    for name in only:
        if name not in known:
            raise CaseUnknown(case=name, cases=", ".join(known))
    return [case for case in cases if not only or case.name in only]


def _tried(case: SuiteCase, command: Sequence[str]) -> Verdict:
    with TemporaryDirectory() as folder:
        paths = write_inputs(case, Path(folder))
        words = [_filled(word, paths) for word in command]
        # The command is the caller's own, run with the caller's own rights and without a shell.
        done = subprocess.run(words, capture_output=True, check=False, timeout=LONGEST_SECONDS)  # noqa: S603
        return judge(case, read_answer(paths, done.returncode))


def _filled(word: str, paths: dict[str, str]) -> str:
    for name, path in paths.items():
        word = word.replace("{" + name + "}", path)
    return word


def _tell(case: SuiteCase, verdict: Verdict, lang: str) -> None:
    word = render(Message(PASSED if verdict.passed else FAILED), lang)
    click.echo(f"{word}  {case.name:<32}  {case.title.get(lang, '')}")
    for entrance, right, got in verdict.wrong:
        values = {"entrance": entrance, "right": right, "got": got}
        click.echo(f"    {render(Message(WRONG, values), lang)}")
    for entrance, kind in verdict.missing:
        click.echo(f"    {render(Message(MISSING, {'entrance': entrance, 'kind': kind}), lang)}")
