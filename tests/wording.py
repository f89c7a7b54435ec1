"""Every message about a mistake that the project itself can show, and words none may hold."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.utils.module_loading import import_string

ROOT = Path(__file__).resolve().parents[1]
FORBIDDEN = re.compile(
    r"\b(please|sorry|valid|invalid|forbidden|oops|this field is required)\b", re.IGNORECASE
)
TELLING = ("ValidationError", "Validator", "add_error", "messages.error", "messages.warning")
SILENT = {"FinderForm", "FilterForm"}  # these drop what they do not know, without a word
APPS = [
    *("accounts", "core", "outbox", "search", "impact", "partners", "offers", "casestudies"),
    *("enquiries", "portal", "home"),
]


def error_messages() -> list[str]:
    """Those written in the code and the templates, and those that the fields of forms bring."""
    return sorted(
        {
            *_written(),
            *_in_templates(),
            *_of_public_forms(),
            *_of_editors_forms(),
            *_of_sign_in(),
        }
    )


def _written() -> Iterator[str]:
    """Words where a mistake is told, and in the constants that are named there."""
    constants = {
        target.id: node.value
        for module in _modules()
        for node in module.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for module in _modules():
        for node in ast.walk(module):
            if _tells_a_mistake(node):
                yield from _sentences(node)
                for part in ast.walk(node):
                    if isinstance(part, ast.Name) and part.id in constants:
                        yield from _sentences(constants[part.id])


@cache
def _modules() -> list[ast.Module]:
    return [
        ast.parse(path.read_text())
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        if "migrations" not in path.parts
    ]


def _tells_a_mistake(node: ast.AST) -> bool:
    """A call, a keyword, a function or an assignment that is there to tell one."""
    if isinstance(node, ast.Call):
        return ast.unparse(node.func).endswith(TELLING)
    if isinstance(node, ast.keyword):
        return node.arg in {"error_messages", "violation_error_message"}
    if isinstance(node, ast.FunctionDef):
        return node.name == "publish_problems"
    return isinstance(node, ast.Assign) and "error_messages" in ast.unparse(node.targets[0])


def _sentences(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and " " in part.value:
            yield part.value


def _in_templates() -> Iterator[str]:
    """What stands in a message, where the template does not get it from a form."""
    for path in (ROOT / "templates").rglob("*.html"):
        yield from re.findall(r'class="msg"[^>]*>([^<{]+)<', path.read_text())


def _of_public_forms() -> Iterator[str]:
    from core.forms import PlainForm

    import_string(settings.ROOT_URLCONF + ".urlpatterns")  # with every view comes its form
    for form in _subclasses(PlainForm):
        if form.__name__ not in SILENT and not form.__module__.startswith("tests."):
            for field in form.base_fields.values():
                yield from _of_field(field)


def _of_editors_forms() -> Iterator[str]:
    """What the validators of each field say that an editor fills in."""
    from wagtail.admin.panels import get_edit_handler
    from wagtail.models import Page

    from core.admin_forms import OwnWords

    for model in apps.get_models():
        if issubclass(getattr(model, "base_form_class", None) or object, OwnWords):
            page = issubclass(model, Page)
            handler = model.get_edit_handler() if page else get_edit_handler(model)
            for field in handler.get_form_class()(instance=model()).fields.values():
                for one in field.validators:
                    words = field.error_messages.get(getattr(one, "code", ""))
                    yield str(words or getattr(one, "message", ""))


def _of_sign_in() -> Iterator[str]:
    from accounts.models import User

    arguments = {"reset_password_from_key": {"user": User()}, "change_password": {"user": User()}}
    for name, path in settings.ACCOUNT_FORMS.items():
        for field in import_string(path)(**arguments.get(name, {})).fields.values():
            yield from _of_field(field)


def _of_field(field) -> Iterator[str]:
    """
    What a field may say: its own messages but those it never uses, and its validators'.

    A field's own message goes before that of a validator with the same code.
    """
    for code, message in field.error_messages.items():
        if code != "required" or field.required:
            yield str(message)
    for validator in field.validators:
        if getattr(validator, "code", "") not in field.error_messages:
            yield str(getattr(validator, "message", ""))


def _subclasses(cls: type) -> Iterator[type]:
    for one in cls.__subclasses__():
        yield one
        yield from _subclasses(one)
