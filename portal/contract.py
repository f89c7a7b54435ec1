"""What django-ninja does not say of the contract by itself."""

from .problems import PROBLEM_JSON
from .schemas import Event

FIRST_REFUSAL = 400  # statuses from here on are problems
VERSION = "1.0.0"
LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
CONTACT = "https://www.islington.gov.uk/"
_EVENT = {
    "post": {
        "operationId": "receiveEvent",
        "summary": "Something changed",
        "description": (
            "Sent to `/webhooks/aspires` of the portal, at least once and in the order of change, "
            "signed as in Standard Webhooks. It holds ids and a link, and nothing personal. Answer "
            "2xx within 15 seconds and work later; ignore an id that you have seen, and a type "
            "that you do not know."
        ),
        "tags": ["events"],
        "parameters": [
            {
                "name": name,
                "in": "header",
                "required": True,
                "schema": {"type": "string"},
                "description": words,
            }
            for name, words in (
                ("webhook-id", "The id of the event: the same on every attempt"),
                ("webhook-timestamp", "The moment of this attempt, in seconds since 1970"),
                ("webhook-signature", "One or more of `v1,` and a signature, by spaces"),
            )
        ],
        "requestBody": {
            "required": True,
            "content": {
                "application/cloudevents+json": {"schema": {"$ref": "#/components/schemas/Event"}}
            },
        },
        "responses": {
            "2XX": {"description": "Taken"},
            "4XX": {"description": "400, 405, 413, 415 and 422: this event is refused"},
            "5XX": {"description": "Tried again later, like every other answer"},
        },
    }
}


def describe(schema: dict) -> dict:
    """The OpenAPI document with contact, licence, events and the media type of problems."""
    schema["info"]["contact"] = {"name": "Islington Aspires", "url": CONTACT}
    schema["info"]["license"] = {
        "name": "Open Government Licence v3.0",
        "url": LICENCE,
    }
    shapes = schema["components"]["schemas"]
    event = Event.model_json_schema(ref_template="#/components/schemas/{model}")
    shapes.update(event.pop("$defs", {}))
    shapes["Event"] = event
    schema["webhooks"] = {"event": _EVENT}
    for path in schema["paths"].values():
        for operation in path.values():
            for status, said in operation["responses"].items():
                if int(status) >= FIRST_REFUSAL and "content" in said:
                    said["content"] = {PROBLEM_JSON: said["content"].pop("application/json")}
    return schema
