"""Why nothing was found: the number is beyond the street, the road is another town's, nothing was understood."""

from geo_app.domain.matching_asked import Asked, consistent
from geo_app.domain.matching_places import Places
from geo_app.domain.message import Message, marked

MOST_TOWNS = 3

BEYOND = marked("{number} is not on {street}: its numbers run from {first} to {last}")
NOT_THERE = marked("number {number} is not on {street}")
OTHER_TOWN = marked("there is no {street} in {said}, but in {known}")
NO_SUCH_STREET = marked("the register has no {street}")
NO_SUCH_VILLAGE_NUMBER = marked("the register has no number {number} in {village}")
NO_SUCH_ESTATE = marked("the register has no {estate}")
NO_NUMBER = marked("no door number was understood")
NOT_UNDERSTOOD = marked("no street, village or estate was understood")


def explained(asked: Asked, places: Places, numbers: tuple[int, int] | None) -> list[Message]:
    """Return what a person should know of a text that fits no address; `numbers` are the street's lowest and highest."""
    if asked.street.road:
        return _street(asked, places, numbers)
    if asked.estate:
        return [Message(NO_SUCH_ESTATE, {"estate": asked.parts.estate})]
    if asked.village and asked.parts.number:
        values = {"number": asked.parts.number, "village": asked.parts.village}
        return [Message(NO_SUCH_VILLAGE_NUMBER, values)]
    return [Message(NO_NUMBER if asked.village else NOT_UNDERSTOOD)]


def _street(asked: Asked, places: Places, numbers: tuple[int, int] | None) -> list[Message]:
    street, number = asked.street.whole, asked.parts.number
    named = places.streets.get(street, [])
    if not named:
        return [Message(NO_SUCH_STREET, {"street": street})]
    if next(consistent(asked, places, named), None) is None:
        towns = list(dict.fromkeys(places.chain(one.division_id).written for one in named))[:MOST_TOWNS]
        return [Message(OTHER_TOWN, {"street": street, "said": asked.above[-1], "known": ", ".join(towns)})]
    if not number:
        return [Message(NO_NUMBER)]
    if numbers and not numbers[0] <= number <= numbers[1]:
        return [Message(BEYOND, {"number": number, "street": street, "first": numbers[0], "last": numbers[1]})]
    return [Message(NOT_THERE, {"number": number, "street": street})]
