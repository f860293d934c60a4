"""What README shows works as shown."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import dateline

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_python_example_runs_and_is_short(tmp_path: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len([line for line in code.splitlines() if line.strip()]) <= 10
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "distance_km" in done.stdout
    assert (tmp_path / "map.html").stat().st_size > 100_000


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#:]+)\)", README))
def test_links_lead_somewhere(link: str) -> None:
    assert (ROOT / link).exists()


@pytest.mark.parametrize("command", sorted(set(re.findall(r"^ {4}(?:\S+/)?dateline (\w+) ", README, re.MULTILINE))))
def test_commands_named_exist(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert dateline.run([command, "--help"]) == 0
    assert "Examples:" in capsys.readouterr().out


def test_every_file_named_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (table,) = re.findall(r"\| file \| what it is \|\n\|---\|---\|\n(.*?)\n\n", README, re.DOTALL)
    cells = [line.split("|")[1] for line in table.splitlines()]
    layers = re.findall(r"[a-z]+", next(cell for cell in cells if ".geojson" in cell).replace("`.geojson`", ""))
    named = {name for cell in cells if ".geojson" not in cell for name in re.findall(r"[\w.]+\.\w+", cell)}
    named |= {f"{layer}.geojson" for layer in set(layers) - {"and"}}
    assert dateline.run(["map", str(ROOT / "seeds"), "-o", str(tmp_path / "out")]) == 0
    capsys.readouterr()
    assert named - {file.name for file in (tmp_path / "out").iterdir()} == set()


COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def documented() -> dict[str, set[str]]:
    """Options by command, as docs/commands.md lists them."""
    sections = re.split(r"^## dateline (\w+)", COMMANDS, flags=re.MULTILINE)[1:]
    return {
        name: set(
            re.findall(r"(?<=`)(--[a-z-]+|-[a-z])(?=`[, ])", "".join(re.findall(r"^\| `-.*?\|", text, re.MULTILINE)))
        )
        for name, text in zip(sections[::2], sections[1::2], strict=True)
    }


def test_every_option_is_documented_and_every_documented_option_exists() -> None:
    from typer.main import get_command

    commands = get_command(dateline.app).commands  # type: ignore[attr-defined]
    known = {
        name: {option for parameter in command.params for option in parameter.opts if option.startswith("-")}
        for name, command in commands.items()
    }
    assert documented() == known


@pytest.mark.parametrize("page", sorted(path.name for path in (ROOT / "docs").glob("*.md")))
def test_options_named_in_the_documentation_exist(page: str) -> None:
    known = set().union(*documented().values()) | {"--help", "--misses"}
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert set(re.findall(r"(?<![-\w])--[a-z][a-z-]+", text)) <= known


@pytest.mark.parametrize("page", sorted(path.name for path in (ROOT / "docs").glob("*.md")))
def test_links_of_the_documentation_lead_somewhere(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#:\s]+)\)", text):
        assert (ROOT / "docs" / link).exists(), link
