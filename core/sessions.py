"""Django's sessions in the database, for visitors who send anything and open several windows."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS, UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions


class SessionStore(DatabaseSessions):
    def _validate_session_key(self, key: str) -> bool:
        """A key that Django cannot have made is none: PostgreSQL fails on some, such as a NUL."""
        return super()._validate_session_key(key) and set(key) <= set(VALID_KEY_CHARS)

    def save(self, must_create: bool = False) -> None:
        """
        Keep what the session holds, in a new one if it ended meanwhile in another window.

        A visitor who sends one form while another waits would lose the answers of the other. What
        belongs to an account is not brought back: it ended by signing out.

        :raises UpdateError: if the session of an account ended meanwhile.
        """
        try:
            super().save(must_create)
        except UpdateError:
            if SESSION_KEY in self:
                raise
            kept = self._session
            self.create()
            self._session_cache = kept
            super().save()
