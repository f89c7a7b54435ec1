"""Why somebody who comes from the identity provider is not signed in, in words for them."""

from http import HTTPStatus


class Refused(Exception):
    """
    Nobody was signed in. The message is for the log and holds nothing personal.

    `heading` and `words` are for the page; `{provider}` in them stands for its name.
    """

    status = HTTPStatus.FORBIDDEN
    heading = "You are not signed in"
    words = ""


class Unreachable(Refused):
    """The provider does not answer, or not so that it can be understood."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    heading = "You cannot sign in with {provider} at the moment"
    words = "It does not answer. Try again in a few minutes."


class NotTrusted(Refused):
    """What came back cannot be shown to be true, for us, and new."""

    words = (
        "What {provider} sent back could not be checked, so it opened nothing. Sign in again. "
        "If it happens again, tell the person who looks after this website."
    )


class BegunElsewhere(Refused):
    """This browser did not begin a sign-in, or finished it before."""

    words = (
        "This sign-in was used already, was begun in another browser, or took longer than "
        "10 minutes. Sign in again."
    )


class Stopped(Refused):
    """The person gave up, or may not use the site by the provider's own rules."""

    words = "Signing in with {provider} was stopped before it was finished."


class NoRole(Refused):
    heading = "Your account does not open this website"
    words = (
        "{provider} knows you, but you have no role here. Ask the person who manages access to "
        "this website."
    )


class NoAddress(Refused):
    words = (
        "{provider} gave us no email address for you, and an account here needs one. Ask the "
        "person who manages your work account."
    )


class AddressTaken(Refused):
    heading = "There is already an account with your email address"
    words = (
        "We do not join accounts by email address. Sign in with the password of that account. To "
        "sign in with {provider}, ask an administrator of this website to change the email "
        "address of the old account first."
    )


class OnlyElsewhere(Refused):
    """The password is right, but the account is entered at the provider."""

    heading = "Sign in with {provider}"
    words = "Your account is entered there, and not with a password."
