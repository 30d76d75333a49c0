"""One module per noun; the schema itself is made by the migrations."""

from geo_app.persistence.tables.accounts import Account, AccountGrant, ApiToken, SignIn
from geo_app.persistence.tables.addresses import AddressAlias, AddressSuccession, Serial, StandardAddress
from geo_app.persistence.tables.audit import AuditConformance, AuditException, AuditFinding, AuditRun
from geo_app.persistence.tables.base import Base
from geo_app.persistence.tables.cases import CasePause, CaseSetting, CounterCase
from geo_app.persistence.tables.divisions import Division, DivisionOutline, DivisionSuccession
from geo_app.persistence.tables.estates import Estate, EstatePlan, PlannedBuilding
from geo_app.persistence.tables.imports import ImportProblem, ImportRun
from geo_app.persistence.tables.jobs import Job
from geo_app.persistence.tables.logs import AccessEntry, ChangeEntry
from geo_app.persistence.tables.numbering import NumberingPlan, PlanFinding, PlannedDoor
from geo_app.persistence.tables.policy import PolicyChoice
from geo_app.persistence.tables.search import AddressPlace
from geo_app.persistence.tables.street_changes import StreetAlias, StreetChange, StreetChangeLine, StreetNameIndex
from geo_app.persistence.tables.streets import Building, Entrance, Street, StreetPiece
from geo_app.persistence.tables.village_groups import VillageGroup

__all__ = [
    "AccessEntry",
    "Account",
    "AccountGrant",
    "AddressAlias",
    "AddressPlace",
    "AddressSuccession",
    "ApiToken",
    "AuditConformance",
    "AuditException",
    "AuditFinding",
    "AuditRun",
    "Base",
    "Building",
    "CasePause",
    "CaseSetting",
    "ChangeEntry",
    "CounterCase",
    "Division",
    "DivisionOutline",
    "DivisionSuccession",
    "Entrance",
    "Estate",
    "EstatePlan",
    "ImportProblem",
    "ImportRun",
    "Job",
    "NumberingPlan",
    "PlanFinding",
    "PlannedBuilding",
    "PlannedDoor",
    "PolicyChoice",
    "Serial",
    "SignIn",
    "StandardAddress",
    "Street",
    "StreetAlias",
    "StreetChange",
    "StreetChangeLine",
    "StreetNameIndex",
    "StreetPiece",
    "VillageGroup",
]
