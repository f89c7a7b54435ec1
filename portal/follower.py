"""How a portal keeps up with the site: follows both feeds, reads enquiries, reports back."""

import json
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator

TIMEOUT = 10  # seconds
GONE = (404, 410)


class Follower:
    """
    A mirror of what the site publishes, and with a token of the enquiries that the portal may know.

    `content` is {(kind, id): data}, `enquiries` {id: data}. Both begin empty and are brought up to
    date by `catch_up()`, from the change number that was reached before.
    """

    def __init__(self, api: str, token: str = ""):
        """`api` is the address of the contract: "https://…/api/portal/v1"."""
        self.content: dict[tuple[str, str], dict] = {}
        self.enquiries: dict[str, dict] = {}
        self._api, self._token = api.rstrip("/"), token
        self._next = {name: f"{self._api}/feeds/{name}" for name in ("content", "enquiries")}

    def catch_up(self) -> int:
        """Read what changed since; how many changes those were."""
        changes = 0
        for item in self._items("content"):
            changes += 1
            thing = item["kind"], item["id"]
            if item["state"] == "deleted":
                self.content.pop(thing, None)
            else:
                self.content[thing] = item["data"]
        if self._token:
            for item in self._items("enquiries"):
                changes += 1
                self._read(item["id"])
        return changes

    def acknowledge(self, enquiry: str) -> dict:
        """
        Tell the site that we have an enquiry; its answer.

        The id follows from the enquiry's, and so does all that is sent: whoever begins anew says
        the same again, which changes nothing.
        """
        update = uuid.uuid5(uuid.UUID(enquiry), "received")
        news = {"status": "received", "occurred_at": self.enquiries[enquiry]["created_at"]}
        return self._ask(f"{self._api}/enquiries/{enquiry}/updates/{update}", news)

    def _read(self, enquiry: str) -> None:
        try:
            self.enquiries[enquiry] = self._ask(f"{self._api}/enquiries/{enquiry}")
        except urllib.error.HTTPError as refusal:
            if refusal.code not in GONE:
                raise
            self.enquiries.pop(enquiry, None)

    def _items(self, feed: str) -> Iterator[dict]:
        while True:
            page = self._ask(self._next[feed])
            yield from page["items"]
            self._next[feed] = page["next"]
            if not page["items"]:
                return

    def _ask(self, address: str, data: dict | None = None) -> dict:
        headers = {"Accept": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        body = None
        if data is not None:
            body = json.dumps(data).encode()
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(  # noqa: S310 - whoever starts it gives the address
            address, body, headers, method="PUT" if data is not None else "GET"
        )
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            return json.load(answer)
