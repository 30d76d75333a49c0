"""Why nothing was found: the number is beyond the street, the road is another town's, nothing was understood."""

from geo_app.domain.matching_asked import DOOR, Asked, consistent
from geo_app.domain.matching_places import Places
from geo_app.domain.message import Message, marked

MOST_TOWNS = 3

BEYOND = marked("{number} is not on {street}: its numbers run from {first} to {last}")
NOT_THERE = marked("{number} is not on {street}")
OTHER_TOWN = marked("there is no {street} in {said}, but in {known}")
NO_SUCH_STREET = marked("the register has no {street}")
NO_SUCH_VILLAGE_NUMBER = marked("the register has no {number} in {village}")
NO_SUCH_ESTATE = marked("the register has no {estate}")
NO_NUMBER = marked("no door number was understood")
NOT_UNDERSTOOD = marked("no street, village or estate was understood")


def explained(asked: Asked, places: Places, numbers: tuple[int, int] | None) -> list[Message]:
    """Return what to know of a text that fits no address; `numbers` are the street's lowest and highest."""
    if asked.street.road:
        return _street(asked, places, numbers)
    if asked.estate:
        return [Message(NO_SUCH_ESTATE, {"estate": asked.parts.estate})]
    if asked.village and asked.parts.number:
        values = {"number": asked.text_of(DOOR), "village": asked.parts.village}
        return [Message(NO_SUCH_VILLAGE_NUMBER, values)]
    return [Message(NO_NUMBER if asked.village else NOT_UNDERSTOOD)]


def _street(asked: Asked, places: Places, numbers: tuple[int, int] | None) -> list[Message]:
    street, number = asked.street_text or asked.street.whole, asked.text_of(DOOR)
    named = places.streets.get(asked.street.whole, [])
    if not named:
        return [Message(NO_SUCH_STREET, {"street": street})]
    if next(consistent(asked, places, named), None) is None:
        towns = list(dict.fromkeys(places.chain(one.division_id).title for one in named))[:MOST_TOWNS]
        return [Message(OTHER_TOWN, {"street": street, "said": asked.above_text, "known": ", ".join(towns)})]
    if not asked.parts.number:
        return [Message(NO_NUMBER)]
    if numbers and not numbers[0] <= asked.parts.number <= numbers[1]:
        return [Message(BEYOND, {"number": number, "street": street, "first": numbers[0], "last": numbers[1]})]
    return [Message(NOT_THERE, {"number": number, "street": street})]
