"""
Guesses at the code of a mailbox, many at the same moment. For fault tests only.

Sends a code to GUESS_AT, tries GUESSES wrong ones and the right one at once, each on a connection
of its own, and prints what came of each, as JSON.
"""

import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import django

django.setup()

from django.db import connection  # noqa: E402 - models need the apps
from django.utils import timezone  # noqa: E402

from outbox import services  # noqa: E402
from outbox.models import Mailbox, Message  # noqa: E402

ADDRESS = os.environ["GUESS_AT"]
GUESSES = int(os.environ["GUESSES"])


def main() -> None:
    services.send_code(address=ADDRESS, now=timezone.now())
    body = Message.objects.filter(purpose="mailbox_code").latest("pk").body
    code = re.search(r"Your code: (\d{6})", body)[1]
    wrong = [f"{(int(code) + number) % 1_000_000:06}" for number in range(1, GUESSES + 1)]
    together = Barrier(GUESSES)

    def guess(typed: str) -> str:
        together.wait()
        try:
            services.prove(address=ADDRESS, code=typed, now=timezone.now())
        except Exception as error:  # noqa: BLE001 - whatever it was, the test looks at it
            return type(error).__name__
        finally:
            connection.close()
        return "proven"

    with ThreadPoolExecutor(GUESSES) as pool:
        outcomes = list(pool.map(guess, wrong))
    try:
        services.prove(address=ADDRESS, code=code, now=timezone.now())
    except services.TooManyTries:
        outcomes.append("the right one: TooManyTries")
    mailbox = Mailbox.objects.for_address(ADDRESS).get()
    print(json.dumps({"outcomes": outcomes, "tries": mailbox.code_tries}))


if __name__ == "__main__":
    main()
