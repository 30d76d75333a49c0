from geo_app.web.contract import type_of


def test_programs_get_the_contract_from_this_server(client):
    contract = client.get("/api/v1/openapi.json").json
    assert contract["openapi"] == "3.1.0"
    assert contract["servers"] == [{"url": "/"}]
    assert "/api/v1/streets/{street_id}/preview" in contract["paths"]


def test_people_read_every_call_of_the_contract_on_a_page(client):
    contract = client.get("/api/v1/openapi.json").json
    page = client.get("/api/v1/docs").text
    assert [path for path in contract["paths"] if f"<code>{path}</code>" not in page] == []
    assert "<script>" not in page


def test_a_type_is_said_in_words():
    assert type_of({"$ref": "#/components/schemas/Plan"}) == "Plan"
    assert type_of({"anyOf": [{"type": "string"}, {"type": "null"}, {"type": "string"}]}) == "string or null"
    assert type_of({"type": "array", "items": {"type": "number"}}) == "list of number"
    assert type_of({"type": "array"}) == "list of values"
    assert type_of({"enum": ["a", "b"]}) == "a | b"
    assert type_of({"type": "object", "title": "Thing"}) == "Thing"
