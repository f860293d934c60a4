"""The rooms import in one direction only: gazetteer, routes, maps, then the front door."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAY_IMPORT = {
    "gazetteer": {"gazetteer"},
    "routes": {"gazetteer", "routes"},
    "maps": {"gazetteer", "routes", "maps"},
}
STAGES = ["read", "extract", "weigh", "paths", "checks"]
HEAVY = ["pandas", "spacy", "geopandas", "folium", "numpy", "sqlite3", "pyproj", "matplotlib", "searoute"]


def imported_modules(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import; name the room"
            assert node.module is not None
            found.add(node.module)
    return found


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_run_to_the_left_only(package: str) -> None:
    for path in sorted((ROOT / package).rglob("*.py")):
        ours = {m.split(".")[0] for m in imported_modules(path)} & {*MAY_IMPORT, "dateline"}
        assert ours <= MAY_IMPORT[package], f"{path.relative_to(ROOT)} imports {sorted(ours - MAY_IMPORT[package])}"


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_never_imports_a_later_one(stage: str) -> None:
    later = set(STAGES[STAGES.index(stage) + 1 :]) | {"layers", "write"}
    for path in sorted((ROOT / "routes" / stage).rglob("*.py")):
        for module in imported_modules(path):
            parts = module.split(".")
            if parts[0] == "routes" and len(parts) > 1:
                assert parts[1] not in later, f"{path.relative_to(ROOT)} imports {module}"


@pytest.mark.parametrize("package", [*MAY_IMPORT, "dateline"])
def test_importing_a_package_is_cheap(package: str) -> None:
    code = f"import sys, {package}; print([m for m in {HEAVY!r} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert out.strip() == "[]"


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_public_surface_is_small_and_real(package: str) -> None:
    module = __import__(package)
    assert len(module.__all__) <= 10
    for name in module.__all__:
        assert getattr(module, name) is not None
