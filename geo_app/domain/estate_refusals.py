"""What an estate refuses: one class per rule, one sentence a clerk understands."""

from geo_app.domain.errors import Conflict, DomainError


class EstateHasNoBuilding(DomainError):
    """Without a building there is nothing to number."""

    pattern = "The estate has no building yet; draw one or load a file."


class TooManyBuildings(DomainError):
    """A standard code has three digits for the building."""

    pattern = "{count} buildings are more than an estate can have ({most}); divide it into two estates."


class TooManyUnits(DomainError):
    """A standard code has two digits for the unit."""

    pattern = "Building {building}: {count} units are more than the {most} that a code can hold; check the number."


class TooManyFloors(DomainError):
    """A number far beyond any house is a typing error."""

    pattern = "Building {building}: floors from {lowest} to {highest} are possible; check the number of floors."


class TooManyRoomsInUnit(DomainError):
    """A standard code has three digits for the room."""

    pattern = "Building {building}: a unit of {count} rooms is more than a code can hold ({most})."


class TooManyRooms(DomainError):
    """What nobody can look through before it is official goes in parts."""

    pattern = "The plan would make {count} rooms, at most {most} go into one plan; number the estate in parts."


class FloorMissingWithoutReason(DomainError):
    """4, 13 and 14 are not skipped (DB11/T 856-2012); a floor a building really lacks is recorded with its reason."""

    pattern = "Building {building}: floor {floor} is left out without a reason; write why the building has none."


class FloorSignWithoutReason(DomainError):
    """A floor's sign that differs from its number stays as data, with the reason."""

    pattern = "Building {building}: the sign “{sign}” of floor {floor} needs a reason, for example: as the lift reads."


class FloorNotInBuilding(DomainError):
    """What is said of a floor is said of one the building has."""

    pattern = "Building {building} has no floor {floor}; what is said of it cannot be used."


class FloorTextMalformed(DomainError):
    """Exceptions of floors are written floor:value, several parted by commas or new lines."""

    pattern = "“{text}” cannot be read; write for example {example}."


class UnitNamesDoNotFit(DomainError):
    """Names given by hand name each unit once."""

    pattern = "Building {building} has {units} units, but these names were given: {names}."


class SkippedNumberWithoutReason(DomainError):
    """A number that no building gets needs a recorded reason (no skipping of 4, 13, 14 otherwise)."""

    pattern = "Number {number} is kept free without a reason; write why."


class GateNeeded(DomainError):
    """Counting from the left of the gate needs a gate."""

    pattern = "The buildings are to be counted from the left of the main gate; set the gate first."


class GateNumberNeeded(DomainError):
    """A compound has one gate number, on the street of its main gate."""

    pattern = "The estate needs the street and the number of its main gate before it can be submitted."


class GateNumberElsewhere(Conflict):
    """A number of the street that stands far from the gate is another door's."""

    pattern = "{number} of “{street}” belongs to a door {metres} m from the gate; choose another number."


class GateStreetNotApproved(DomainError):
    """No number without an approved name."""

    pattern = "“{street}” has no approved name yet, so its gate cannot be numbered."


class BuildingShapeUnusable(DomainError):
    """A footprint is an area on the earth."""

    pattern = "Building {building} cannot be used: its outline crosses itself, is empty or lies outside the earth."


class EstateNameMalformed(DomainError):
    """A name is letters, at most 40 of them, and no bare number."""

    pattern = "“{name}” is no name of an estate: letters and digits, at most 40 characters."


class EstateNameTaken(Conflict):
    """One name, one estate in a county."""

    pattern = "The county has an estate “{name}” already."


class EstateVersionStale(Conflict):
    """Somebody changed the estate after this page was loaded."""

    pattern = "The estate was changed in the meantime (version {current}, yours was {given}); load it again."


class ApproveEstateNeedsProposed(DomainError):
    """Approval answers a proposal."""

    pattern = "The name “{name}” is approved already."


class EstateApproverIsProposer(DomainError):
    """Two pairs of eyes: a second person approves."""

    pattern = "You proposed this estate's name; another person has to approve it."


class EstateNameNotApproved(DomainError):
    """No number without an approved name (place-name regulations, order 753)."""

    pattern = "The name “{name}” is not approved yet, so the estate cannot be numbered."


class EstatePlanOutdated(DomainError):
    """Another plan of the estate was published under this one."""

    pattern = "The estate was changed after this plan was made; open the plan and save it again."


class EstatePlanChangesNothing(DomainError):
    """A plan gives at least one new number."""

    pattern = "Every building of this plan has its addresses already; there is nothing to submit."


class GateNumberMalformed(DomainError):
    """A gate has a door number of its street."""

    pattern = "“{text}” is no door number: write for example 18, 18A or 18附2."


class EstateRoomsInUse(DomainError):
    """What was added to the plan's addresses later ends first."""

    pattern = "{count} addresses were added below this plan's later; end them first."
