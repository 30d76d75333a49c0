"""Addresses, decisions and surroundings for the tests of the life rules."""

from dataclasses import replace
from datetime import date

from geo_app.domain.access import Actor
from geo_app.domain.address import Address, Decision, Kind, Place, PlaceKind, Status, Surroundings
from geo_app.domain.address_elements import HouseNumber, Label
from geo_app.domain.position import Position

DAY = date(2026, 3, 1)
START = date(2026, 1, 1)
STREET = Place(PlaceKind.STREET, 7, "511111", "南街")
OTHER_STREET = Place(PlaceKind.STREET, 8, "511111", "北街")
HERE = Position(103.55, 29.41)
PROPOSER = Actor(1, "甲", reason="现场核实")
APPROVER = Actor(2, "乙", reason="复核无误")


def decision(address=None, *, actor=APPROVER, day=DAY, reason=None):
    actor = actor if reason is None else replace(actor, reason=reason)
    return Decision(actor, day, address.version if address else 1)


def around(**facts):
    return Surroundings(**({"place": STREET} | facts))


def door(address_id="door", **fields):
    usual = {"place_id": 7, "number": HouseNumber(12), "position": HERE, "proposed_by": 1}
    return Address(
        **({"id": address_id, "county_code": "511111", "kind": Kind.DOOR, "valid_from": START} | usual | fields)
    )


def current_door(address_id="door", **fields):
    return door(address_id, **({"status": Status.CURRENT} | fields))


def child(kind, parent, address_id="child", **fields):
    usual = {"label": Label("3", "幢"), "parent_id": parent.id, "proposed_by": 1}
    return _address(address_id, {"kind": kind} | usual | fields)


def draft(address):
    return replace(address, proposed_by=None)


def _address(address_id, fields):
    return Address(**({"id": address_id, "county_code": "511111", "valid_from": START} | fields))
