"""The register as services see it: one repository per noun, all in one transaction."""

from functools import cached_property

from sqlalchemy.orm import Session

from geo_app.persistence.access_log import AccessEntries
from geo_app.persistence.access_policy import PolicyChoices
from geo_app.persistence.accounts import Accounts
from geo_app.persistence.addresses import Addresses
from geo_app.persistence.aliases import Aliases
from geo_app.persistence.api_tokens import ApiTokens
from geo_app.persistence.audit_exceptions import AuditExceptions
from geo_app.persistence.audit_runs import AuditRuns
from geo_app.persistence.bulk_streets import BulkStreets
from geo_app.persistence.case_settings import CaseSettingChoices
from geo_app.persistence.cases import Cases
from geo_app.persistence.demo import DemoWriter
from geo_app.persistence.divisions import Divisions
from geo_app.persistence.door_ranks import DoorRanks
from geo_app.persistence.entrances import Entrances
from geo_app.persistence.estate_addresses import EstateAddresses
from geo_app.persistence.estate_plans import EstatePlans
from geo_app.persistence.estates import Estates
from geo_app.persistence.imports import Imports
from geo_app.persistence.jobs import Jobs
from geo_app.persistence.journal import Journal
from geo_app.persistence.plans import Plans
from geo_app.persistence.reservations import Reservations
from geo_app.persistence.serials import Serials
from geo_app.persistence.sign_in import SignIns
from geo_app.persistence.street_changes import StreetChanges
from geo_app.persistence.street_moves import StreetMoves
from geo_app.persistence.street_names import StreetNames
from geo_app.persistence.street_writes import StreetWrites
from geo_app.persistence.streets import Streets
from geo_app.persistence.village_groups import VillageGroups


class Register:
    """What one transaction may read and write; it is given by `Database.transaction` and ends with it."""

    def __init__(self, session: Session) -> None:
        self.session = session

    @cached_property
    def journal(self) -> Journal:
        """Who changed what, and why."""
        return Journal(self.session)

    @cached_property
    def accounts(self) -> Accounts:
        """Who can sign in, and with what roles."""
        return Accounts(self.session)

    @cached_property
    def sign_ins(self) -> SignIns:
        """Sessions."""
        return SignIns(self.session)

    @cached_property
    def api_tokens(self) -> ApiTokens:
        """Tokens for programs."""
        return ApiTokens(self.session)

    @cached_property
    def policy(self) -> PolicyChoices:
        """What the office decided about access."""
        return PolicyChoices(self.session)

    @cached_property
    def access_entries(self) -> AccessEntries:
        """The log of access, to be read."""
        return AccessEntries(self.session)

    @cached_property
    def streets(self) -> Streets:
        """Streets and their lines."""
        return Streets(self.session)

    @cached_property
    def street_names(self) -> StreetNames:
        """Spellings, former names, names that are alike."""
        return StreetNames(self.session)

    @cached_property
    def street_changes(self) -> StreetChanges:
        """Changes of streets on their way and done."""
        return StreetChanges(self.session)

    @cached_property
    def street_moves(self) -> StreetMoves:
        """The addresses of whole streets."""
        return StreetMoves(self.session)

    @cached_property
    def street_writes(self) -> StreetWrites:
        """Streets as a change leaves them."""
        return StreetWrites(self.session)

    @cached_property
    def village_groups(self) -> VillageGroups:
        """Village groups and their lanes."""
        return VillageGroups(self.session)

    @cached_property
    def entrances(self) -> Entrances:
        """Doors."""
        return Entrances(self.session)

    @cached_property
    def plans(self) -> Plans:
        """Numbering plans."""
        return Plans(self.session)

    @cached_property
    def audit_runs(self) -> AuditRuns:
        """Audits of whole counties: monthly figures, findings."""
        return AuditRuns(self.session)

    @cached_property
    def audit_exceptions(self) -> AuditExceptions:
        """Findings that somebody answers for."""
        return AuditExceptions(self.session)

    @cached_property
    def addresses(self) -> Addresses:
        """Standard addresses, one at a time."""
        return Addresses(self.session)

    @cached_property
    def aliases(self) -> Aliases:
        """Old numbers and texts."""
        return Aliases(self.session)

    @cached_property
    def reservations(self) -> Reservations:
        """The addresses of a whole plan at once."""
        return Reservations(self.session)

    @cached_property
    def door_ranks(self) -> DoorRanks:
        """Secondary and temporary addresses of doors."""
        return DoorRanks(self.session)

    @cached_property
    def estates(self) -> Estates:
        """Estates and their names."""
        return Estates(self.session)

    @cached_property
    def estate_plans(self) -> EstatePlans:
        """Plans of estates."""
        return EstatePlans(self.session)

    @cached_property
    def estate_addresses(self) -> EstateAddresses:
        """The addresses of a whole estate at once."""
        return EstateAddresses(self.session)

    @cached_property
    def serials(self) -> Serials:
        """Counters that never go back."""
        return Serials(self.session)

    @cached_property
    def cases(self) -> Cases:
        """Counter cases."""
        return Cases(self.session)

    @cached_property
    def case_settings(self) -> CaseSettingChoices:
        """What offices decided about their counter cases."""
        return CaseSettingChoices(self.session)

    @cached_property
    def jobs(self) -> Jobs:
        """Background jobs."""
        return Jobs(self.session)

    @cached_property
    def imports(self) -> Imports:
        """Files that were read into the register."""
        return Imports(self.session)

    @cached_property
    def bulk_streets(self) -> BulkStreets:
        """The street lines of a whole file at once."""
        return BulkStreets(self.session)

    @cached_property
    def divisions(self) -> Divisions:
        """Divisions through time."""
        return Divisions(self.session)

    @cached_property
    def demo(self) -> DemoWriter:
        """The made-up county of the demonstration."""
        return DemoWriter(self.session)
