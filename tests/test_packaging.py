"""The package as users get it: what the wheel holds, what the lock pins, what the Makefile promises."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.test_architecture import imported_modules

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def locked() -> dict[str, set[str]]:
    pins: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE):
        pins.setdefault(re.sub(r"[-_.]+", "-", name).lower(), set()).add(version)
    return pins


def required() -> list[str]:
    extras = PROJECT["project"]["optional-dependencies"]
    return [*PROJECT["project"]["dependencies"], *extras["build"], *extras["test"], *extras["check"]]


@pytest.mark.parametrize("requirement", required())
def test_the_lock_holds_every_requirement_within_its_range(requirement: str) -> None:
    from packaging.requirements import Requirement

    wanted = Requirement(requirement)
    versions = locked().get(re.sub(r"[-_.]+", "-", wanted.name).lower())
    assert versions, f"{wanted.name} is not locked: make lock"
    assert all(wanted.specifier.contains(version) for version in versions), f"{versions}: make lock"


def test_every_locked_package_has_a_hash_and_no_address() -> None:
    text = (ROOT / "requirements.lock").read_text()
    entries = re.split(r"\n(?=\w)", text.strip())
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text


def test_build_requirements_are_written_twice_the_same() -> None:
    assert PROJECT["project"]["optional-dependencies"]["build"] == PROJECT["build-system"]["requires"]


def test_what_the_build_imports_is_among_its_requirements() -> None:
    needed = set()
    for path in (ROOT / "gazetteer" / "build").glob("*.py"):
        if not path.name.startswith("vendor"):  # run by hand, with what the tests need
            needed |= {module.split(".")[0] for module in imported_modules(path)}
    needed -= {*sys.stdlib_module_names, "gazetteer"}
    required_by_name = {re.match(r"[\w.-]+", one)[0].lower() for one in PROJECT["build-system"]["requires"]}  # type: ignore[index]
    assert "rapidfuzz" in needed
    assert needed <= required_by_name


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out], cwd=ROOT, check=True)
    (made,) = out.glob("*.whl")
    return made


def test_the_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "gazetteer", "routes", "maps", "dateline.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    left_out = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["exclude"]
    kept = {name for name in tracked if not any(fnmatch(name, p) or name.startswith(f"{p}/") for p in left_out)}
    assert kept | {"gazetteer/data/gazetteer.sqlite"} <= held
    assert held.isdisjoint(set(tracked) - kept)
    assert {name.split("/")[0] for name in held if ".dist-info" not in name} == {
        *("gazetteer", "routes", "maps", "dateline.py"),
    }


def test_the_wheel_works_away_from_the_source(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    (tmp_path / "trip.txt").write_text(
        "A Russian Il-76 left Minsk on 3 March 2024 and landed in Tashkent the next day."
    )

    def dateline(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "dateline", *arguments],
            cwd=tmp_path,
            env={"PYTHONPATH": str(tmp_path / "installed"), "PATH": ""},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    answer = dateline("lookup", "Caracas")
    assert "10.4" in answer
    assert "VE" in answer
    assert "1 route" in dateline("map", "trip.txt", "-o", "out")
    assert "1 route" in dateline("route", "Rotterdam > via Suez Canal > Singapore", "--mode", "sea", "-o", "sea")
