"""How much each kind of evidence weighs: learned from the walls given, held to what is usual elsewhere.

The model is a conditional logit: of the free numbers of a gap the right one has the largest share, and each share is
the exponential of its weighted evidence. Learning finds the weights under which the numbers on the walls, each taken
away in turn, are likeliest; little evidence leaves the usual weights as they are.
"""

from dataclasses import dataclass

import numpy as np

from geo_app.domain.street_piece import Floats, Integers

EVIDENCE = (
    "on the line between its walls",
    "as many numbers as paces from the wall before",
    "as many numbers as paces to the wall behind",
    "next to the wall before",
    "next to the wall behind",
    "as many numbers as paces from the nearer wall",
    "level with the other side",
    "level with a wall just across",
    "in the hundred of a wall just across",
    "first of a hundred",
    "in the hundred of the wall before",
    "in the hundred of the wall behind",
    "last two digits that the town uses",
    "half of four that the side uses",
    "as many numbers as paces from the start",
)
"""The columns of evidence."""

USUAL = np.array(
    [
        [4.0, 0.9, 0.9, 1.1, 1.3, 0.3, 0.5, 0.5, 1.2, -0.3, 0.7, 0.3, 1.0, 1.0, 0.0],
        [0.0, 1.7, 0.0, 2.5, 0.0, 0.0, 0.7, 0.9, 1.0, 0.0, 3.4, 0.0, 1.0, 1.0, -0.2],
        [0.0, 0.0, 1.6, 0.0, 2.1, 0.0, 0.4, 0.5, 0.4, 0.5, 0.0, 1.5, 1.0, 1.0, 0.8],
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.9, 1.0, 1.3, 0.8, 0.0, 0.0, 1.0, 1.0, 0.8],
    ]
)
"""Weights by `Case` and evidence where a town tells nothing of its own: the middle of towns in Europe and America."""

FIRMNESS = 30.0
"""How many doors' worth of evidence it takes to move a usual weight."""

LEAST_SPREAD = 1e-3
ROUNDS = 30
HALVINGS = 20
ENOUGH = 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class Lessons:
    """Candidates of doors whose number is known: evidence by row, door of each (rising), row of each right one."""

    rows: Floats
    door: Integers
    right: Integers


def learn(lessons: Lessons, usual: Floats) -> Floats:
    """Return the likeliest weights by Newton's method; the `usual` ones where there are no lessons."""
    if not len(lessons.right):
        return usual
    problem = _Problem(lessons, usual, FIRMNESS * np.maximum(lessons.rows.var(axis=0), LEAST_SPREAD))
    weights, worth = usual, problem.worth(usual)
    for _ in range(ROUNDS):
        step = problem.step(weights)
        for _ in range(HALVINGS):
            better = problem.worth(weights + step)
            if better > worth:
                break
            step = step / 2
        if better - worth < ENOUGH:
            break
        weights, worth = weights + step, better
    return weights


class _Problem:
    """The likelihood of the lessons, less what it costs to leave the usual weights."""

    def __init__(self, lessons: Lessons, usual: Floats, firmness: Floats) -> None:
        new = np.concatenate([[True], np.diff(lessons.door) != 0])
        self.starts, self.group = np.flatnonzero(new), np.cumsum(new) - 1
        self.rows, self.right = lessons.rows, lessons.right
        self.usual, self.firmness = usual, firmness

    def worth(self, weights: Floats) -> float:
        """Return the logarithm of the likelihood, less the cost."""
        share = self._shares(weights)[self.right]
        return float(np.log(np.maximum(share, 1e-300)).sum() - self.firmness @ (weights - self.usual) ** 2 / 2)

    def step(self, weights: Floats) -> Floats:
        """Return Newton's step."""
        weighed = self.rows * self._shares(weights)[:, None]
        mean = np.add.reduceat(weighed, self.starts)
        slope = self.rows[self.right].sum(axis=0) - mean.sum(axis=0) - self.firmness * (weights - self.usual)
        bend = weighed.T @ self.rows - mean.T @ mean + np.diag(self.firmness)
        return np.asarray(np.linalg.solve(bend, slope))

    def _shares(self, weights: Floats) -> Floats:
        score = self.rows @ weights
        share = np.exp(score - np.maximum.reduceat(score, self.starts)[self.group])
        return np.asarray(share / np.add.reduceat(share, self.starts)[self.group])
