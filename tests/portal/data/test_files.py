"""Files of a version: their bytes, hashes, ranges, headers, and the package that lists them."""

import hashlib
import json
from pathlib import Path

import frictionless
import pytest
from django.test import Client

from tests.portal.data.conftest import WATER
from yangguang.catalog.dataset import FORMATS
from yangguang.registers.actions import files
from yangguang.registers.models import File, Register
from yangguang.registers.queries import public as queries

CSV = f"{WATER}files/v3/water-sources.csv"


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_comes_under_its_hash_and_never_as_a_page(
    water: Register, client: Client, format_: str
) -> None:
    response = client.get(f"{WATER}files/v3/water-sources.{format_}")
    content = response.getvalue()
    assert response.status_code == 200
    assert response["ETag"] == f'"{hashlib.sha256(content).hexdigest()}"'
    assert response["Content-Length"] == str(len(content))
    assert response["Content-Disposition"] == f'attachment; filename="water-sources-v3.{format_}"'
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in response["Cache-Control"]
    assert "html" not in response["Content-Type"]


def test_the_csv_holds_the_public_columns(water: Register, client: Client) -> None:
    lines = client.get(CSV).getvalue().decode().splitlines()
    assert lines[0] == "month,source,grade,rate"
    assert len(lines) == 6
    assert "0755" not in "".join(lines)


def test_a_file_that_is_known_is_not_sent_again(water: Register, client: Client) -> None:
    first = client.get(CSV)
    first.getvalue()
    etag = first["ETag"]
    again = client.get(CSV, headers={"if-none-match": etag})
    assert again.status_code == 304
    assert again.content == b""


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [("bytes=0-4", slice(0, 5)), ("bytes=6-", slice(6, None)), ("bytes=-7", slice(-7, None))],
)
def test_a_part_can_be_asked_for(water: Register, client: Client, asked: str, wanted: slice) -> None:
    whole = client.get(CSV).getvalue()
    part = client.get(CSV, headers={"range": asked})
    content = part.getvalue()
    assert part.status_code == 206
    assert content == whole[wanted]
    start = whole.index(content)
    assert part["Content-Range"] == f"bytes {start}-{start + len(content) - 1}/{len(whole)}"
    assert part["Content-Length"] == str(len(content))


def test_a_part_that_there_is_not(water: Register, client: Client) -> None:
    size = len(client.get(CSV).getvalue())
    refused = client.get(CSV, headers={"range": f"bytes={size}-"})
    assert refused.status_code == 416
    assert refused["Content-Range"] == f"bytes */{size}"
    other = client.get(CSV, headers={"range": "bytes=0-4", "if-range": '"another"'})
    assert len(other.getvalue()) == size


def test_cases_are_kept_by_caches_for_an_hour_only(penalties: Register, client: Client) -> None:
    """A row may have to come off by law."""
    response = client.get("/data/penalties/files/v1/penalties.csv")
    response.getvalue()
    assert response["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize("name", ["water-sources.html", "other.csv", "water-sources", "..%2f..%2fetc"])
def test_no_other_file(water: Register, client: Client, name: str) -> None:
    assert client.get(f"{WATER}files/v3/{name}").status_code == 404


def test_the_package_is_what_frictionless_calls_valid(
    water: Register, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = json.loads(client.get(f"{WATER}files/v3/datapackage.json").content)
    for resource in told["resources"]:
        content = client.get(f"{WATER}files/v3/{resource['path']}").getvalue()
        (tmp_path / resource["path"]).write_bytes(content)
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    (tmp_path / "datapackage.json").write_text(json.dumps(told))
    monkeypatch.chdir(tmp_path)
    report = frictionless.validate("datapackage.json")
    assert report.valid, report.flatten()
    table = told["resources"][0]["schema"]
    assert [field["name"] for field in table["fields"]] == ["month", "source", "grade", "rate"]
    assert table["primaryKey"] == ["month", "source"]


def test_frictionless_sees_a_changed_byte(
    water: Register, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = json.loads(client.get(f"{WATER}files/v3/datapackage.json").content)
    told["resources"] = told["resources"][:1]
    content = client.get(CSV).getvalue().replace("Ⅲ类".encode(), "Ⅱ类".encode(), 1)
    (tmp_path / "water-sources.csv").write_bytes(content)
    (tmp_path / "datapackage.json").write_text(json.dumps(told))
    monkeypatch.chdir(tmp_path)
    assert not frictionless.validate("datapackage.json").valid


def test_the_background_work_makes_what_is_missing(water: Register, client: Client) -> None:
    client.get(CSV).getvalue()
    assert File.objects.count() == 1
    assert files.make_missing() == 3
    assert File.objects.count() == 3 * len(FORMATS)
    assert files.make_missing() == 0
    assert not queries.without_files()
