"""The register as services see it: one repository per noun, all in one transaction."""

from functools import cached_property

from sqlalchemy.orm import Session

from geo_app.persistence.jobs import Jobs
from geo_app.persistence.journal import Journal


class Register:
    """What one transaction may read and write; it is given by `Database.transaction` and ends with it."""

    def __init__(self, session: Session) -> None:
        self.session = session

    @cached_property
    def journal(self) -> Journal:
        """Who changed what, and why."""
        return Journal(self.session)

    @cached_property
    def jobs(self) -> Jobs:
        """Background jobs."""
        return Jobs(self.session)
