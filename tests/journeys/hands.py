"""Two ways to use a page: with a pointer, and with the keyboard alone. Both find things by name."""

import re
from typing import Self

from playwright.sync_api import Locator, Page, expect

from tests.journeys.steps import press

MOST_STOPS = 300  # of Tab, before a thing counts as out of reach
MOST_OPTIONS = 40  # of a list or a group


class Pointer:
    """Clicks and fills in."""

    def __init__(self, page: Page):
        self.page = page

    def follow(self, name: str | re.Pattern, within: str = "body") -> None:
        """Open the first link of this name."""
        press(self._link(name, within))

    def type_into(self, label: str, text: str) -> None:
        self._field(label).fill(text)

    def tick(self, label: str) -> None:
        """A checkbox or a radio button."""
        self._field(label).check()

    def choose(self, label: str, option: str) -> None:
        self._field(label).select_option(label=option)

    def press(self, name: str | re.Pattern) -> None:
        """A button that sends a form."""
        press(self._button(name))

    def press_and_keep_page(self, name: str) -> Self:
        """A button that sends a form, while the form stays open as it was: a hand on what came.

        So a browser keeps a page for going back. Browsers run by a program do not keep it whole.
        """
        button = self._button(name)
        button.evaluate("button => { button.formTarget = '_blank' }")
        with self.page.context.expect_page() as opened:
            self._push(button)
        button.evaluate("button => button.removeAttribute('formtarget')")
        return type(self)(opened.value)

    def unfold(self, name: str) -> None:
        """Open a summary, where the screen is so narrow that there is one."""
        summary = self._summary(name)
        if summary.is_visible():
            summary.click()

    def _push(self, button: Locator) -> None:
        button.click()

    def _summary(self, name: str) -> Locator:
        return self.page.locator("main summary").filter(has_text=name)

    def _link(self, name: str | re.Pattern, within: str) -> Locator:
        return self.page.locator(within).get_by_role("link", name=name).first

    def _field(self, label: str) -> Locator:
        return self.page.locator("main").get_by_label(label).first

    def _button(self, name: str | re.Pattern) -> Locator:
        return self.page.locator("main").get_by_role("button", name=name).first


class Keyboard(Pointer):
    """Tab, Enter, Space, arrows and typing; never a click, never a value set from outside."""

    def follow(self, name: str | re.Pattern, within: str = "body") -> None:
        self._reach(self._link(name, within))
        self._leave_by("Enter")

    def type_into(self, label: str, text: str) -> None:
        self._reach(self._field(label))
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        self.page.keyboard.type(text)

    def tick(self, label: str) -> None:
        field = self._field(label)
        if field.get_attribute("type") == "radio":
            self._reach(field, "(e, a) => a.type === 'radio' && a.name === e.name")
            self.page.keyboard.press("Space")
            self._press_until("ArrowDown", field, "e => e.checked")
        else:
            self._reach(field)
            if not field.is_checked():
                self.page.keyboard.press("Space")
        expect(field).to_be_checked()

    def choose(self, label: str, option: str) -> None:
        field = self._field(label)
        self._reach(field)
        self.page.keyboard.press("Home")
        self._press_until("ArrowDown", field, f"e => e.selectedOptions[0].label === {option!r}")

    def press(self, name: str | re.Pattern) -> None:
        self._reach(self._button(name))
        self._leave_by("Enter")

    def unfold(self, name: str) -> None:
        summary = self._summary(name)
        if summary.is_visible():
            self._reach(summary)
            self.page.keyboard.press("Enter")

    def _push(self, button: Locator) -> None:
        self._reach(button)
        self.page.keyboard.press("Enter")

    def _leave_by(self, key: str) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def _press_until(self, key: str, field: Locator, condition: str) -> None:
        for _ in range(MOST_OPTIONS):
            if field.evaluate(condition):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{key} never led to {field}")

    def _reach(self, thing: Locator, good: str = "(e, a) => a === e") -> None:
        """Press Tab until the thing has the focus, in view."""
        expect(thing).to_be_visible()
        wanted = thing.element_handle()
        there = f"e => ({good})(e, document.activeElement)"
        for _ in range(MOST_STOPS):
            if self.page.evaluate(there, wanted):
                expect(self.page.locator(":focus")).to_be_in_viewport()
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never led to {thing}")
