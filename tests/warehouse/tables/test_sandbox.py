"""SQL of anybody: what is asked is answered, every attack by name is refused, and the next one is served."""

from pathlib import Path

import pytest

from tests.warehouse.tables.drawn import FIELDS, ROWS
from yangguang.warehouse import store
from yangguang.warehouse.tables import sandbox, writing
from yangguang.warehouse.tables.sandbox import Limits, Reason, Refused, Result

SHORT = Limits(seconds=1.0)
NAMES = [field.name for field in FIELDS]


@pytest.fixture(scope="module")
def sha256() -> str:
    return writing.write(ROWS, fields=FIELDS, key=("code",)).sha256


def ask(sha256: str, sql: str, limits: Limits = SHORT, **parameters: object) -> Result:
    return sandbox.run(sql, views={"Waters-v1": (sha256, NAMES)}, parameters=parameters, limits=limits)


def test_a_view_begins_with_the_number_of_the_row(sha256: str) -> None:
    found = ask(sha256, 'SELECT * FROM "waters-v1" ORDER BY _id LIMIT 1')
    assert [name for name, _ in found.columns] == ["_id", *NAMES]
    assert found.rows == [
        [1, "001", "深圳水库", "罗湖", 3, 0.1, True, "2017-06-19", "2017-06-19T08:30:00", "2017-06", 2017]
    ]
    assert not found.truncated


ANSWERED = {
    "groups": (
        'SELECT area, count(*) FROM "Waters-v1" GROUP BY area ORDER BY 2 DESC, 1 LIMIT 1',
        [["宝安", 2]],
    ),
    "with": ('WITH a AS (SELECT code FROM "Waters-v1") SELECT max(code) FROM a', [["100"]]),
    "windows": ('SELECT row_number() OVER (ORDER BY code) FROM "Waters-v1" LIMIT 1', [[1]]),
    "joins": ('SELECT count(*) FROM "Waters-v1" a JOIN "Waters-v1" b USING (code)', [[5]]),
    "like": ("SELECT code FROM \"Waters-v1\" WHERE name LIKE '%铁岗%'", [["002"]]),
    "dates": (
        "SELECT date_trunc('month', day)::DATE FROM \"Waters-v1\" WHERE code = '001'",
        [["2017-06-01"]],
    ),
    "lists": ("SELECT [x * 2 for x in [1, 2]], {'a': 1}", [[[2, 4], {"a": 1}]]),
    "not a number": ("SELECT 'nan'::DOUBLE, 1.5::DECIMAL(3, 1), 2::DECIMAL(3, 1)", [[None, 1.5, 2]]),
    "counting": ("SELECT count(*) FROM range(10)", [[10]]),
}


@pytest.mark.parametrize("name", ANSWERED)
def test_select_is_answered(sha256: str, name: str) -> None:
    sql, rows = ANSWERED[name]
    assert ask(sha256, sql).rows == rows


def test_named_parameters_are_bound_and_texts_with_colons_left_alone(sha256: str) -> None:
    sql = "SELECT code, ':area', 1::INT FROM \"Waters-v1\" WHERE area = :area ORDER BY code"
    assert ask(sha256, sql, area="宝安").rows == [["002", ":area", 1], ["011", ":area", 1]]
    assert ask(sha256, 'SELECT count(*) FROM "Waters-v1" WHERE area = :area', area="' OR 1=1 --").rows == [
        [0]
    ]


def test_more_rows_than_allowed_are_cut_and_said_so(sha256: str) -> None:
    found = ask(sha256, "SELECT * FROM range(100000)", Limits(seconds=20))
    assert (len(found.rows), found.truncated) == (32_000, True)
    assert not ask(sha256, "SELECT * FROM range(5)", Limits(seconds=5, rows=5)).truncated


REFUSED = {
    "read_csv": ("SELECT * FROM read_csv('/etc/passwd')", Reason.FUNCTION),
    "read_text": ("SELECT * FROM read_text('/etc/passwd')", Reason.FUNCTION),
    "read_blob": ("SELECT * FROM read_blob('/etc/passwd')", Reason.FUNCTION),
    "read_json": ("SELECT * FROM read_json('/etc/passwd')", Reason.FUNCTION),
    "read_parquet of the view's own file": ("SELECT * FROM read_parquet('{path}')", Reason.FUNCTION),
    "read_parquet of another": ("SELECT * FROM read_parquet('/tmp/x.parquet')", Reason.FUNCTION),
    "parquet_metadata": ("SELECT * FROM parquet_metadata('{path}')", Reason.FUNCTION),
    "sniff_csv": ("SELECT * FROM sniff_csv('/etc/passwd')", Reason.FUNCTION),
    "glob": ("SELECT * FROM glob('/etc/*')", Reason.FUNCTION),
    "a file as a table": ("SELECT * FROM '/etc/passwd'", Reason.TABLE),
    "the view's file as a table": ("SELECT * FROM '{path}'", Reason.TABLE),
    "a file named by WITH": ('WITH "/etc/passwd" AS (SELECT 1) SELECT * FROM "/etc/passwd"', Reason.TABLE),
    "a system table named by WITH": (
        "SELECT * FROM (WITH duckdb_views AS (SELECT 1) SELECT * FROM duckdb_views), duckdb_views",
        Reason.TABLE,
    ),
    "a file in a subquery": ("SELECT (SELECT count(*) FROM read_text('/etc/passwd'))", Reason.FUNCTION),
    "a file in EXISTS": ("SELECT 1 WHERE EXISTS (FROM '/etc/passwd')", Reason.TABLE),
    "a file in a lateral join": (
        "SELECT * FROM range(1), LATERAL (SELECT * FROM read_text('/x'))",
        Reason.FUNCTION,
    ),
    "a file in ORDER BY": ("SELECT 1 ORDER BY (SELECT 1 FROM read_text('/x'))", Reason.FUNCTION),
    "getenv": ("SELECT getenv('HOME')", Reason.FUNCTION),
    "getvariable": ("SELECT getvariable('x')", Reason.FUNCTION),
    "current_setting": ("SELECT current_setting('allowed_paths')", Reason.FUNCTION),
    "a schema before a function": ("SELECT main.current_setting('threads')", Reason.FUNCTION),
    "pragma_version": ("SELECT * FROM pragma_version()", Reason.FUNCTION),
    "duckdb_settings": ("SELECT * FROM duckdb_settings()", Reason.FUNCTION),
    "duckdb_views without brackets": ("SELECT * FROM duckdb_views", Reason.TABLE),
    "duckdb_secrets": ("SELECT * FROM duckdb_secrets()", Reason.FUNCTION),
    "information_schema": ("SELECT * FROM information_schema.tables", Reason.TABLE),
    "pg_catalog": ("SELECT * FROM pg_catalog.pg_class", Reason.TABLE),
    "sqlite_master": ("SELECT * FROM sqlite_master", Reason.TABLE),
    "query()": ("SELECT * FROM query('SELECT 1')", Reason.FUNCTION),
    "query_table()": ("SELECT * FROM query_table('Waters-v1')", Reason.FUNCTION),
    "json_execute_serialized_sql": ("SELECT * FROM json_execute_serialized_sql('{{}}')", Reason.FUNCTION),
    "another table": ("SELECT * FROM users", Reason.TABLE),
    "another schema": ('SELECT * FROM main."Waters-v1"', Reason.TABLE),
    "two statements": ("SELECT 1; DROP VIEW x", Reason.SEVERAL),
    "a statement behind a comment": ("SELECT 1 /* */; -- \nSELECT 2", Reason.SEVERAL),
    "nothing": ("  ", Reason.SEVERAL),
    "ATTACH": ("ATTACH '/tmp/x.db'", Reason.NOT_SELECT),
    "COPY": ("COPY (SELECT 1) TO '/tmp/x.csv'", Reason.NOT_SELECT),
    "EXPORT": ("EXPORT DATABASE '/tmp/x'", Reason.NOT_SELECT),
    "INSTALL": ("INSTALL httpfs", Reason.NOT_SELECT),
    "LOAD": ("LOAD '/tmp/x.so'", Reason.NOT_SELECT),
    "SET": ("SET enable_external_access = true", Reason.NOT_SELECT),
    "RESET": ("RESET lock_configuration", Reason.NOT_SELECT),
    "PRAGMA": ("PRAGMA database_list", Reason.NOT_SELECT),
    "CALL": ("CALL pragma_version()", Reason.NOT_SELECT),
    "CREATE": ("CREATE TABLE x AS SELECT 1", Reason.NOT_SELECT),
    "CREATE MACRO": ("CREATE MACRO f() AS TABLE SELECT * FROM read_text('/etc/passwd')", Reason.NOT_SELECT),
    "CREATE SECRET": ("CREATE SECRET (TYPE s3)", Reason.NOT_SELECT),
    "INSERT": ('INSERT INTO "Waters-v1" SELECT 1', Reason.NOT_SELECT),
    "EXPLAIN ANALYZE": ("EXPLAIN ANALYZE SELECT 1", Reason.NOT_SELECT),
    "DESCRIBE": ('DESCRIBE "Waters-v1"', Reason.NOT_SELECT),
    "SHOW": ("SHOW TABLES", Reason.NOT_SELECT),
    "PIVOT": ('PIVOT "Waters-v1" ON area', Reason.NOT_SELECT),
    "repeat": ("SELECT repeat('x', 3000000000)", Reason.FUNCTION),
    "lpad": ("SELECT lpad('x', 2000000000, 'y')", Reason.FUNCTION),
    "printf": ("SELECT printf('%1500000000d', 1)", Reason.FUNCTION),
    "a list of a thousand million": ("SELECT range(1000000000)", Reason.FUNCTION),
    "a wrong column": ('SELECT nix FROM "Waters-v1"', Reason.SYNTAX),
    "no SQL": ("SELEC 1", Reason.SYNTAX),
    "too long": ("SELECT 1" + " " * 30_000, Reason.SYNTAX),
    "brackets without end": (f"SELECT {'(' * 5000}1{')' * 5000}", Reason.SYNTAX),
}


@pytest.mark.parametrize("attack", REFUSED)
def test_an_attack_is_refused_with_its_reason(sha256: str, attack: str) -> None:
    sql, reason = REFUSED[attack]
    with pytest.raises(Refused) as refused:
        ask(sha256, sql.replace("{path}", str(store.path(sha256))).replace("{{}}", "{}"))
    assert refused.value.reason is reason
    assert str(store.path(sha256)) not in str(refused.value) or "{path}" in sql


BOMBS = {
    "a count without end": "SELECT count(*) FROM range(100000000000)",
    "a recursion without end": "WITH RECURSIVE x AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM x) SELECT max(n) FROM x",
    "a join of everything": "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range * b.range = 7",
    "a long list": "SELECT list(range) FROM range(1000000000)",
    "a sort of too much": "SELECT * FROM range(100000000) ORDER BY md5(range::VARCHAR)",
    "a text that grows": "SELECT replace(replace(replace('aaaaaaaaaa', 'a', '{b}'), 'b', '{c}'), 'c', '{d}')",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_stopped_and_the_next_question_answered(sha256: str, bomb: str) -> None:
    sql = BOMBS[bomb]
    for letter in "bcd":
        sql = sql.replace(f"{{{letter}}}", letter * 1500)
    with pytest.raises(Refused) as refused:
        ask(sha256, sql)
    assert refused.value.reason in (Reason.SLOW, Reason.MEMORY)
    assert ask(sha256, "SELECT 1", Limits(seconds=10)).rows == [[1]]


def test_the_engine_alone_refuses_what_the_list_would_have_let_through(sha256: str, tmp_path: Path) -> None:
    """The second fence without the first: the locked DuckDB itself."""
    import duckdb

    from yangguang.warehouse.tables.sandbox.worker import locked

    other = tmp_path / "other.csv"
    other.write_text("a\n1\n")
    connection = locked({"w": {"path": str(store.path(sha256)), "columns": NAMES}})
    for sql in (
        f"SELECT * FROM read_csv('{other}')",  # noqa: S608
        f"SELECT * FROM '{other}'",  # noqa: S608
        f"COPY (SELECT 1) TO '{tmp_path}/new.csv'",
        f"ATTACH '{tmp_path}/new.db'",
        "SET enable_external_access = true",
        "SET threads = 9",
        "LOAD httpfs",
    ):
        with pytest.raises(duckdb.Error):
            connection.execute(sql)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["other.csv"]
