"""
Several writers number changes while one reader polls the feed. Prints what the reader missed.

Each writer keeps its transaction open for a moment after it has its number, as a real one does.
"""

import os
import random
import sys
import threading

import django

WRITERS, CHANGES = 4, 150


def main() -> None:
    django.setup()
    from django.db import connections, transaction

    from portal.models import Change, Counter

    is_over = threading.Event()
    seen: list[str] = []
    failures: list[BaseException] = []

    def alone(work, *given):
        def run():
            try:
                work(*given)
            except Exception as error:  # noqa: BLE001 - told at the end
                failures.append(error)
            finally:
                connections.close_all()

        return threading.Thread(target=run)

    def write(writer: int) -> None:
        chance = random.Random(writer)
        for number in range(CHANGES):
            with transaction.atomic():
                Change.objects.create(
                    feed="content",
                    kind="offer",
                    number=Counter.hold().next(),
                    digest=f"{writer}-{number}",
                )
                is_over.wait(chance.random() * 0.002)

    def poll() -> None:
        after = 0
        while True:
            was_over = is_over.is_set()
            found = list(Change.objects.content().after(after)[:100])
            seen.extend(change.digest for change in found)
            after = found[-1].number if found else after
            if was_over and not found:
                return

    writers = [alone(write, number) for number in range(WRITERS)]
    poller = alone(poll)
    for thread in [*writers, poller]:
        thread.start()
    for thread in writers:
        thread.join()
    is_over.set()
    poller.join()

    written = {f"{writer}-{number}" for writer in range(WRITERS) for number in range(CHANGES)}
    print(f"{len(written - set(seen))} of {len(written)} missed, {len(seen)} seen")
    for failure in failures:
        print(repr(failure))
    sys.exit(bool(failures))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.faults.settings")
    main()
