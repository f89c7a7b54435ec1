"""What django-ninja does not say of the contract by itself."""

from .problems import PROBLEM_JSON

FIRST_REFUSAL = 400  # statuses from here on are problems


def describe(schema: dict) -> dict:
    """The OpenAPI document with its contact, its licence and the media type of problems."""
    schema["info"]["contact"] = {"name": "Islington Aspires", "url": "/contact/website/"}
    schema["info"]["license"] = {"name": "Open Government Licence v3.0", "identifier": "OGL-UK-3.0"}
    for path in schema["paths"].values():
        for operation in path.values():
            for status, said in operation["responses"].items():
                if int(status) >= FIRST_REFUSAL and "content" in said:
                    said["content"] = {PROBLEM_JSON: said["content"].pop("application/json")}
    return schema
