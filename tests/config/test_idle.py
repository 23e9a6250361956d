"""What a process that was asked for nothing has in its memory."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OF_ONE_TASK = (
    "docx duckdb fitz numpy onnxruntime openpyxl polars pyarrow pypdfium2 rapidocr rdflib rjieba vl_convert"
)
"""Libraries of 10 MB and more that only some requests need."""
PROGRAM = """
import sys
import django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_no_library_is_loaded_that_only_some_requests_need(tmp_path: Path) -> None:
    environment = os.environ | {
        "YANGGUANG_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "yangguang.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "yangguang" in loaded
    assert loaded & set(OF_ONE_TASK.split()) == set()
