"""Taking the code that was mailed to an address, with words for everything that can be wrong."""

from datetime import datetime

from . import services


def problem_with(code: str, *, address: str, now: datetime) -> str:
    """
    Try the code; what to tell if it did not prove the mailbox, else nothing.

    To be called outside any transaction, as `services.prove`.
    """
    try:
        services.prove(address=address, code=code, now=now)
    except services.NoCode:
        return "There is no code to compare with. Send a new one"
    except services.CodeExpired:
        return "This code was sent too long ago. Send a new one"
    except services.TooManyTries:
        return "Too many wrong codes were entered. Send a new one"
    except services.WrongCode as error:
        if not error.tries_left:
            return "This is not the code, and that was the last try. Send a new one"
        tries = "1 try" if error.tries_left == 1 else f"{error.tries_left} tries"
        return f"This is not the code. Check the mail: you have {tries} left"
    return ""
