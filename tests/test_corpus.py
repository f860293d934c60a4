"""A corpus over several processes or a cluster gives what one process gives, in the same order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import dateline
from routes.corpus import extract_corpus
from routes.errors import ClusterError

CITIES = ("Minsk", "Tashkent", "Lima", "Accra", "Oslo", "Hanoi", "Quito")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("corpus") / "c.jsonl"
    rows = [
        json.dumps({"id": f"r{n}", "text": f"The plane left {CITIES[n % 7]} and landed in {CITIES[(n + 3) % 7]}."})
        for n in range(50)
    ]
    rows[20] = "{broken"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def expected(corpus: Path) -> list[str]:
    from routes.collect import collect_claims
    from routes.listing import json_line
    from routes.model import Claims
    from routes.rows import claims_row

    return [json_line(claims_row(one)) for one in collect_claims([corpus]) if isinstance(one, Claims)]


def test_two_processes_give_what_one_gives(
    corpus: Path, expected: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dateline.run(["corpus", str(corpus), "-o", str(tmp_path / "out"), "--workers", "2"]) == 1
    assert "49 reports: 49 movements" in capsys.readouterr().out
    lines = (tmp_path / "out" / "claims.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    assert lines == expected
    (bad,) = map(json.loads, (tmp_path / "out" / "unreadable.jsonl").read_text(encoding="utf-8").splitlines())
    assert bad["path"].endswith("c.jsonl:21")
    assert json.loads((tmp_path / "out" / "run.json").read_text())["counts"]["reports"] == 49


def test_a_dask_cluster_gives_the_same(corpus: Path, expected: list[str], tmp_path: Path) -> None:
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=1, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, worker_dashboard_address=None
    ) as cluster:
        run = extract_corpus([corpus], tmp_path / "out", scheduler=cluster.scheduler_address)
    assert (run.reports, run.movements, run.unreadable) == (49, 49, 1)
    lines = (tmp_path / "out" / "claims.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    assert lines == expected


def test_no_cluster_there_is_told(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("routes.corpus.CONNECT_SECONDS", 1)
    with pytest.raises(ClusterError, match="no Dask scheduler answers"):
        extract_corpus([corpus], tmp_path / "out", scheduler="tcp://127.0.0.1:9")
    assert not (tmp_path / "out").exists()


def test_nothing_usable_leaves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert dateline.run(["corpus", str(tmp_path / "gone"), "-o", str(tmp_path / "out"), "--workers", "1"]) == 2
    assert "there is no such file" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
