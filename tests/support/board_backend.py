"""A stand-in for the numbering API, for browser tests of the board alone: doors alternate, plans live in memory."""

from typing import Any

from apiflask import APIBlueprint
from flask import request
from sqlalchemy import text

from geo_app.web.context import transaction
from geo_app.web.permission import public

bp = APIBlueprint("board_backend", __name__, url_prefix="/api/v1", enable_openapi=False)
plans: dict[int, dict[str, Any]] = {}

RULES = [
    {"name": "sichuan", "title": "四川通行规则", "description": "东起、南起，左单右双，按序预留", "source": "示例",
     "fields": {"method": "sequential", "start": ["east", "south"], "odd_side": ["left"], "step": 2, "sub_number": "附",
                "reserve_lane": 1, "reserve_metres": 4, "one_sided": False}},
    {"name": "metre", "title": "米制", "description": "号码即距起点的米数", "source": "示例",
     "fields": {"method": "metre", "start": ["east", "south"], "odd_side": ["left"], "step": 2, "sub_number": "附"}},
]  # fmt: skip

STREETS = text("""
    select s.id, s.name, d.name as division, s.kind, count(distinct e.id) as doors, 1 as numbered,
        'none' as plan_status, max(st_length(p.line::geography)) as length_m,
        json_build_array(st_xmin(st_extent(p.line)), st_ymin(st_extent(p.line)), st_xmax(st_extent(p.line)),
            st_ymax(st_extent(p.line))) as bbox
    from street s left join division d on d.id = s.division_id join street_piece p on p.street_id = s.id
    left join entrance e on e.street_id = s.id and upper_inf(e.valid)
    where s.name like '%' || :name || '%' group by s.id, d.name order by s.name
""")

DOORS = text("""
    select e.id, e.wall_number, e.version, st_x(e.position) as lon, st_y(e.position) as lat,
        st_linelocatepoint(p.line, e.position) as part, st_length(p.line::geography) as length,
        st_y(e.position) > st_y(st_closestpoint(p.line, e.position)) as north
    from entrance e join street_piece p on p.street_id = e.street_id where e.street_id = :id and upper_inf(e.valid)
""")


def rows(statement, **values):
    with transaction() as register:
        return [row._asdict() for row in register.session.execute(statement, values)]


@bp.get("/streets")
@public
def streets():
    items = rows(STREETS, name=request.args.get("name", ""))
    return {"items": items, "total": len(items), "page": 1, "state": None}


def lines(street, turned=False):
    [line] = rows(text("select st_asgeojson(line)::json as g from street_piece where street_id = :id"), id=street)
    geometry = line["g"]
    if turned:
        geometry = {**geometry, "coordinates": geometry["coordinates"][::-1]}
    feature = {"type": "Feature", "properties": {}, "geometry": geometry}
    return {"type": "FeatureCollection", "features": [feature]}


@bp.get("/streets/<int:street>")
@public
def street(street):
    return {"id": street, "lines": lines(street)}


@bp.get("/rules")
@public
def rules():
    return RULES


def computed(street, rule, hand):
    turned = rule.get("start") in ("last", "west")
    found = rows(DOORS, id=street)
    for door in found:
        door["metres"] = (1 - door["part"] if turned else door["part"]) * door["length"]
        door["side"] = "right" if door["north"] != turned else "left"
    found.sort(key=lambda door: door["metres"])
    taken = {"left": -1, "right": 0}
    features = []
    for door in found:
        taken[door["side"]] += 2
        number, sub = taken[door["side"]], None
        by_hand = str(door["id"]) in hand
        if by_hand:
            first, _, second = hand[str(door["id"])].partition("附")
            number, sub = int(first), int(second) if second else None
        shown = f"{number}号" + (f"附{sub}号" if sub else "")
        kept = door["wall_number"] is not None and not by_hand
        side = "左侧" if door["side"] == "left" else "右侧"
        properties = {
            "entrance_id": door["id"], "side": door["side"], "metres": round(door["metres"], 2), "number": number,
            "sub_number": sub, "text": shown, "kept": kept, "by_hand": by_hand, "wall_number": door["wall_number"],
            "reason": f"距起点 {door['metres']:.1f} 米，{side}，取下一个空号 {number}。", "version": door["version"],
        }  # fmt: skip
        point = {"type": "Point", "coordinates": [door["lon"], door["lat"]]}
        features.append({"type": "Feature", "properties": properties, "geometry": point})
    far = found[-1]
    finding = {"entrance_id": far["id"], "kind": "displaced", "severity": "warning", "lon": far["lon"],
               "lat": far["lat"], "message": "该门点的号码偏离规则位置一步以上。"}  # fmt: skip
    return {
        "street": {"id": street}, "lines": lines(street, turned), "findings": [finding], "score": {"value": 3.5},
        "doors": {"type": "FeatureCollection", "features": features},
        "counts": {"doors": len(found), "numbered": len(found), "kept": 1, "by_hand": len(hand), "unnumbered": 0},
    }  # fmt: skip


@bp.post("/streets/<int:street>/preview")
@public
def preview(street):
    return computed(street, request.json["rule"], request.json["hand"])


@bp.get("/plans")
@public
def listed():
    return {"items": list(plans.values()), "total": len(plans)}


@bp.post("/streets/<int:street>/plans")
@public
def drafted(street):
    plan = {"id": len(plans) + 1, "street_id": street, "status": "draft", "version": 1, **request.json}
    plans[plan["id"]] = plan
    return answer(plan), 201


def answer(plan):
    return {**computed(plan["street_id"], plan["rule"], plan["hand"]), "plan": plan}


@bp.get("/plans/<int:plan>")
@public
def shown(plan):
    return answer(plans[plan])


def stale(plan):
    return request.headers.get("If-Match", "").strip('"') != str(plan["version"])


REFUSAL = ({"error": "PlanVersionStale", "message": "该方案已被他人修改，请重新载入。"}, 409)


@bp.put("/plans/<int:plan>")
@public
def saved(plan):
    found = plans[plan]
    if stale(found):
        return REFUSAL
    found |= request.json | {"version": found["version"] + 1}
    return answer(found)


@bp.post("/plans/<int:plan>/<step>")
@public
def stepped(plan, step):
    found = plans[plan]
    if stale(found):
        return REFUSAL
    ends = {"submission": "submitted", "approval": "approved", "publication": "published", "withdrawal": "withdrawn"}
    found |= {"status": ends[step], "version": found["version"] + 1}
    return answer(found)


@bp.patch("/entrances/<int:door>")
@public
def moved(door):
    statement = text(
        "update entrance set position = st_setsrid(st_point(:lon, :lat), 4490), version = version + 1"
        " where id = :id returning version"
    )
    [row] = rows(statement, id=door, **request.json)
    return {"id": door, "version": row["version"]}


@bp.post("/entrances")
@public
def added():
    statement = text(
        "insert into entrance (county_code, street_id, position) values"
        " ('511111', :street_id, st_setsrid(st_point(:lon, :lat), 4490)) returning id, version"
    )
    [row] = rows(statement, **request.json)
    return row, 201


@bp.delete("/entrances/<int:door>")
@public
def removed(door):
    rows(
        text("update entrance set valid = daterange(lower(valid), lower(valid) + 1) where id = :id returning id"),
        id=door,
    )
    return "", 204


@bp.post("/streets")
@public
def drawn():
    statement = text(
        "with s as (insert into street (county_code, name) values ('511111', :name) returning id)"
        " insert into street_piece (county_code, street_id, line)"
        " select '511111', id, st_setsrid(st_geomfromgeojson(:line), 4490) from s returning street_id as id"
    )
    from json import dumps

    [row] = rows(statement, name=request.json["name"], line=dumps(request.json["lines"][0]))
    return row, 201
