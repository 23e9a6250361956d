"""A file of a working copy that is missing is said, and looked for again."""

import hashlib
from pathlib import Path

from pytest_django import Settings

from yangguang.publishing.attachments import Attachment
from yangguang.publishing.models import Document
from yangguang.publishing.scanning.documents import scan
from yangguang.rules.scan import Kind
from yangguang.warehouse import store


def test_a_missing_file_is_said_only_until_it_is_back(settings: Settings, tmp_path: Path) -> None:
    settings.STORE_ROOT = tmp_path
    content = "一个没有问题的示例附件".encode()
    attachment = Attachment("示例.txt", "text/plain", len(content), hashlib.sha256(content).hexdigest())
    document = Document(title="示例", attachments=[attachment.as_json()])
    assert [found.kind for found in scan(document)] == [Kind.UNREADABLE]
    store.put(content)
    assert scan(document) == []
