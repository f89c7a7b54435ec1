"""The house rules that a machine can hold: imports, foreign keys, migrations, file names."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[1]
FLOORS = [
    {"accounts"},
    {"core"},
    {"outbox", "search", "impact"},
    {"partners"},
    {"offers"},
    {"casestudies"},
    {"enquiries"},
    {"portal"},
    {"home"},
]
OURS = set().union(*FLOORS)


def floor(app: str) -> int:
    return next(number for number, floor in enumerate(FLOORS) if app in floor)


def foreign_keys():
    for model in apps.get_models():
        if model._meta.app_label not in OURS:
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "remote_field", None) and field.related_model
            if target and not field.auto_created and target._meta.app_label in OURS:
                yield model, field, target


def test_imports_point_down_only():
    program = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([program], cwd=ROOT, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout


def test_foreign_keys_point_down_only():
    up = [
        f"{model._meta.label}.{field.name} -> {target._meta.label}"
        for model, field, target in foreign_keys()
        if target is not apps.get_model(settings.AUTH_USER_MODEL)
        and model._meta.app_label != target._meta.app_label
        and floor(target._meta.app_label) >= floor(model._meta.app_label)
    ]

    assert up == []


def test_the_foreign_key_rule_sees_foreign_keys():
    seen = {(model._meta.label, field.name) for model, field, _ in foreign_keys()}

    assert ("enquiries.Interest", "offer") in seen
    assert ("casestudies.CaseStudyPage", "partners") in seen


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_no_file_is_named_for_no_role():
    names = {
        path.stem
        for app in OURS
        for path in (ROOT / app).rglob("*.py")
        if path.stem in {"utils", "helpers", "common", "misc", "mixins"}
    }

    assert names == set()


def test_lock_files_name_no_registry_and_pin_everything_with_hashes():
    for name in ("base.txt", "dev.txt"):
        text = (ROOT / "requirements" / name).read_text()
        pins = [line for line in text.splitlines() if "==" in line and not line.startswith(" ")]

        assert "http" not in text
        assert "index-url" not in text
        assert len(pins) > 20
        assert text.count("--hash=sha256:") >= len(pins)
