"""The board's words: fields of a rule with their choices, and the sentences its scripts speak."""

from collections.abc import Mapping
from types import MappingProxyType

from geo_app.domain.message import marked
from geo_app.domain.numbering_circumstance import DoorKind, DoorState

KINDS = tuple((kind.value, kind.word.pattern) for kind in DoorKind)
STATES = tuple((state.value, state.word.pattern) for state in DoorState)
"""What a door may be, with the words for it."""

FIELDS: tuple[tuple[str, str, str], ...] = (
    ("existing", "choice", marked("Doors without a number")),
    ("method", "choice", marked("Method")),
    ("start", "choice", marked("Start")),
    ("odd_side", "choice", marked("Odd numbers")),
    ("step", "number", marked("Step in metres")),
    ("reserve_lane", "number", marked("Reserved per unnamed lane")),
    ("reserve_metres", "number", marked("One reserved per metres of open land")),
    ("sub_number", "choice", marked("Sub-number")),
    ("one_sided", "choice", marked("Doors on one side only")),
    ("corner", "choice", marked("Second door of a corner building")),
    ("temporary", "choice", marked("Temporary buildings")),
)
"""Name, kind and title of the rule fields that the board offers; the others are the preset's."""

CHOICES: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "existing": (("keep", marked("by the method below")), ("continue", marked("as the walls suggest"))),
        "method": (
            ("sequential", marked("in sequence, with reserves")),
            ("quantified", marked("by distance, one number a step")),
            ("metre", marked("the number is the metres")),
            ("base_interval", marked("one number every 20 m")),
        ),
        "start": (
            ("east", marked("from the east")),
            ("west", marked("from the west")),
            ("south", marked("from the south")),
            ("north", marked("from the north")),
            ("junction", marked("from the mouth of the lane")),
            ("first", marked("from the first end drawn")),
            ("last", marked("from the last end drawn")),
            ("clockwise", marked("clockwise, for rings and squares")),
        ),
        "odd_side": (("left", marked("on the left")), ("right", marked("on the right"))),
        "sub_number": (("附", "12号附3号"), ("之", "12号之3"), ("-", "12-3")),
        "corner": (("main_door", marked("secondary address on its own street")), ("sub_number", marked("sub-number"))),
        "temporary": (("none", marked("they get no number")), ("numbered", marked("numbered, plate marked 临"))),
        "one_sided": (("true", marked("keep one parity")), ("false", marked("both parities"))),
    }
)
"""Values of the fields that are chosen, with their words."""

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "loading": marked("Loading …"),
        "computing": marked("Computing the numbers …"),
        "offline": marked("The server does not answer. What you changed is kept here; it is tried again."),
        "noMap": marked("This browser cannot draw the map. The table of numbers works without it."),
        "noStreets": marked("No street fits these filters."),
        "noDoors": marked("This street has no door yet. Add doors on the map, or load them from a file."),
        "noFindings": marked("No problem was found."),
        "saved": marked("Saved {time}"),
        "saving": marked("Saving …"),
        "unsaved": marked("Not saved yet"),
        "notSaved": marked("Not saved: {problem}"),
        "notDraft": marked("Proposal, not kept as a draft yet"),
        "stale": marked("Somebody else changed this plan in the meantime; load it again."),
        "reload": marked("Load again"),
        "streetsFound": marked("{total} streets"),
        "doorsOf": marked("{numbered} of {doors} doors numbered"),
        "byPreset": marked("as the rule says: {value}"),
        "odd": marked("odd number"),
        "even": marked("even number"),
        "left": marked("left"),
        "right": marked("right"),
        "kept": marked("kept"),
        "byHand": marked("by hand"),
        "unnumbered": marked("not numbered"),
        "none": marked("none"),
        "plan": marked("Number it"),
        "metresFromStart": marked("{metres} m from the start"),
        "door": marked("Door {text}"),
        "doorWithout": marked("Door without a number"),
        "start": marked("Start"),
        "wall": marked("wall {text}"),
        "same": marked("same"),
        "differs": marked("differs"),
        "addHint": marked("Click on the map where the door is. Esc ends."),
        "moveHint": marked("Drag the door, or use the arrow keys (half a metre each). Enter keeps it, Esc leaves it."),
        "drawHint": marked("Click along the street's middle; double click or Enter ends, Esc leaves it."),
        "badNumber": marked("A number like 12, or 12附3 with a sub-number, is needed."),
        "counts": marked(
            "{doors} doors: {numbered} numbered, {kept} kept, {renumbered} changed, {by_hand} by hand, "
            "{unnumbered} without"
        ),
        "score": marked("Room for later doors: {score}"),
        "findings": marked("Findings"),
        "error": marked("error"),
        "warning": marked("warning"),
        "info": marked("note"),
        "draft": marked("draft"),
        "submitted": marked("submitted"),
        "approved": marked("approved"),
        "published": marked("published"),
        "withdrawn": marked("withdrawn"),
        "undone": marked("undone"),
        "noPlan": marked("no plan"),
        "submission": marked("Submit for approval"),
        "approval": marked("Approve"),
        "publication": marked("Publish"),
        "withdrawal": marked("Withdraw the plan"),
        "undo": marked("Undo the publication"),
        "return": marked("Send back"),
        "approveName": marked("Approve the name"),
        "submissionMeans": marked("The numbers are reserved as proposed addresses until somebody else decides."),
        "approvalMeans": marked("You confirm that the numbers follow the rule. Publishing makes them official."),
        "publicationMeans": marked("The addresses become current: in the list, on the map and in exports."),
        "withdrawalMeans": marked("The plan ends and its reserved numbers become free."),
        "returnMeans": marked("The plan becomes a draft again, and its planner sees your reason."),
        "approveNameMeans": marked("You confirm that the street's name is approved; then its doors can be numbered."),
        "comparePlans": marked("Compare plans"),
        "anotherDraft": marked("Another draft from this one"),
        "anotherTitle": marked("{title} (2)"),
        "done": marked("Done: the plan is now {status}."),
        "source": marked("Source: the district's own register, CGCS2000"),
        "madeUp": marked("made-up demonstration data"),
        "moreRows": marked("Show {count} more"),
        "undone_step": marked("Undone: {step}"),
        "redone_step": marked("Redone: {step}"),
        "stepRule": marked("rule changed"),
        "stepSwap": marked("start swapped"),
        "stepHand": marked("number set by hand"),
        "stepMove": marked("door moved"),
        "stepAdd": marked("door added"),
        "stepDescribe": marked("door described"),
        "described": marked("Kept: the numbers are computed anew."),
        "noOwner": marked("none"),
        "stepAdopt": marked("walls adopted or left"),
        "stepRenumber": marked("door taken off its number"),
        "stepKeep": marked("number left as it is"),
        "renumber": marked("Renumber as proposed"),
        "keepNumber": marked("Leave the old number"),
        "was": marked("was {old}"),
        "fate_kept": marked("stays"),
        "fate_registered": marked("stays, entered from the wall"),
        "fate_new": marked("newly numbered"),
        "fate_renumbered": marked("number changes"),
        "fate_ended": marked("address ends"),
        "fate_without": marked("has none"),
    }
)
"""Sentences of the scripts by key; `{name}` is filled by the script."""
