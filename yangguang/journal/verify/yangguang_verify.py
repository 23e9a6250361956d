#!/usr/bin/env python3
"""Check, on your own machine and offline, that a document is what was published, when and by whom.

    python3 yangguang_verify.py FILE.tlog-proof DOCUMENT --key KEY [--witness KEY ...]

DOCUMENT is the edition's .json, its body text, or one of its attachments, as downloaded. KEY is the log's
public key (`name+hash+base64`, printed on the site's /journal/ page; keep your own copy). Needs Python 3.11
and the package `cryptography`, nothing else: this file shares no code with the site that it checks.

Exit status: 0 proved; 1 something differs, and the output says what; 2 a file or key cannot be used.

Formats: c2sp.org/tlog-proof, tlog-checkpoint, signed-note, tlog-cosignature; tree: RFC 6962; manifest: RFC 8785.
"""

import argparse
import base64
import hashlib
import json
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

WORDS = {
    "unit": "发布单位", "title": "标题", "number": "文号", "form": "形式", "topic": "主题分类", "issuers": "发文机关",
    "keywords": "主题词", "covers": "所属期", "summary": "内容概述", "openness": "公开属性", "basis": "公开依据",
    "made_on": "成文日期", "proclaimed_on": "公布日期", "released_on": "发布日期", "effective_on": "施行日期",
    "expires_on": "有效期至", "url": "网址", "note": "修改说明", "sha256": "正文哈希", "attachments": "附件",
    "at": "上网时间", "by": "经办角色", "document": "索引号", "edition": "版次", "act": "行为", "seq": "日志行号",
}  # fmt: skip


class Unusable(Exception):
    """A file or a key is not what it should be: status 2."""


class Differs(Exception):
    """Something does not match: status 1."""


def verify(proof: bytes, document: bytes, key: str, witnesses: list[str]) -> list[str]:
    """What was proved, in lines for people. Raises Differs or Unusable."""
    entry, index, path, note = read_proof(proof)
    text, signatures = read_note(note)
    origin, size, root = read_checkpoint(text)
    if not signed(text, signatures, key):
        raise Differs(f"检查点上没有公钥 {key.split('+')[0]} 的签名：它不是这个日志签发的")
    climbed = climb(hashlib.sha256(b"\x00" + entry).digest(), index, size, path)
    if climbed != root:
        raise Differs(f"证明不成立：从第 {index + 1} 行算到的根哈希，与签名的根哈希不同。证明文件被改动过")
    manifest = read_json(entry, "证明里的日志行")
    if canonical(manifest).encode() != entry or manifest.get("seq") != index + 1:
        raise Differs("日志行的写法或者行号与它在日志里的位置不符")
    part = match(manifest, document)
    times = [(witness, signed(text, signatures, witness)) for witness in witnesses]
    for witness, seen in times:
        if not seen:
            raise Differs(f"检查点上没有见证人 {witness.split('+')[0]} 的副署")
    told = [
        f"证明成立：这份{part}与公开日志所记一字不差",
        *(f"  {WORDS[name]}：{manifest[name]}" for name in ("title", "unit", "number", "document", "edition") if manifest.get(name)),
        f"  上网时间：{manifest.get('at')}（机器记录，不能倒填）",
        f"  公开日志：{origin} 第 {index + 1} 行，签名时共 {size} 行",
        f"  签名：{key.split('+')[0]}，有效",
    ]  # fmt: skip
    for witness, seen in times:
        day = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(seen))
        told.append(f"  见证：{witness.split('+')[0]} 于 {day} 副署")
    return told


def match(manifest: dict[str, Any], document: bytes) -> str:
    """Which part of the publication these bytes are. Raises Differs with what exactly differs."""
    hashed = hashlib.sha256(document).hexdigest()
    if "commitment" not in manifest:
        if hashed == manifest.get("sha256"):
            return "正文"
        for entry in manifest.get("attachments") or []:
            if hashed == entry["sha256"]:
                return f"附件“{entry['name']}”"
    try:
        found = read_json(document, "文件")
    except Unusable:
        if "commitment" in manifest:
            raise Unusable(
                "这是涉及个人或者企业的记录：请用它的 .json 核对，里面有打开承诺所需的盐值"
            ) from None
        names = "、".join(f"“{entry['name']}”" for entry in manifest.get("attachments") or [])
        raise Differs(
            f"文件的 SHA-256 是 {hashed}，与日志所记的正文（{manifest.get('sha256')}）"
            + (f"和附件{names}" if names else "")
            + "都不同：内容被改动过，或者拿错了版次"
        ) from None
    if "commitment" in manifest:
        manifest = opened(manifest, found.get("record", found))
    compare(manifest, found)
    return "记录（.json）"


def opened(manifest: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """The manifest with the facts that its commitment hides. Raises Differs."""
    committed = found.get("committed") or {}
    try:
        salt, facts = bytes.fromhex(committed["salt"]), dict(committed["facts"])
    except (KeyError, TypeError, ValueError):
        raise Unusable("文件里没有打开承诺所需的盐值：可能已依法删除，此后不能再核对内容") from None
    if (
        len(salt) != 32
        or hashlib.sha256(salt + canonical(facts).encode()).hexdigest() != manifest["commitment"]
    ):
        raise Differs("盐值和内容打不开日志里的承诺：内容被改动过")
    return {**manifest, **facts}


def compare(manifest: dict[str, Any], found: dict[str, Any]) -> None:
    """Every fact of the line must stand in the .json as it is. Raises Differs naming the first that does not."""
    found = unwrapped(found)
    body = found.get("body")
    if not isinstance(body, str):
        raise Unusable("这个 JSON 里没有正文（body）：请用文件的 .json 网址下载的内容")
    if hashlib.sha256(body.encode()).hexdigest() != manifest.get("sha256"):
        raise Differs("正文与日志所记的哈希不同：正文被改动过，或者拿错了版次")
    for name, logged in manifest.items():
        if name not in found:
            raise Differs(f"文件里缺少“{WORDS.get(name, name)}”：日志记有 {shown(logged)}")
        if canonical({name: found[name]}) != canonical({name: logged}):
            raise Differs(
                f"“{WORDS.get(name, name)}”不同：文件写的是 {shown(found[name])}，日志记的是 {shown(logged)}"
            )


TWINS = {
    "index_no": "document", "sample": "sample", "url": "url", "unit.name": "unit", "edition.number": "edition",
    "edition.document_number": "number", "edition.journal_seq": "seq",
    **{f"edition.{name}": name for name in WORDS if name not in {
        "unit", "number", "openness", "url", "at", "by", "document", "edition", "act", "seq", "issuers", "attachments"}},
}  # fmt: skip
"""Facts that a site's .json tells a second time, in its own order, and their names in the log."""


def unwrapped(found: dict[str, Any]) -> dict[str, Any]:
    """A site's .json holds the line's facts under `record`, and tells them again in another order for programs:
    both must say the same. Returns the facts with the body. Raises Differs."""
    record, edition = found.get("record"), found.get("edition")
    if not isinstance(record, dict) or not isinstance(edition, dict):
        return found
    for place, name in TWINS.items():
        outer: Any = found
        for step in place.split("."):
            outer = outer.get(step) if isinstance(outer, dict) else None
        if (outer or None) != (record.get(name) or None):
            raise Differs(
                f"“{WORDS.get(name, name)}”前后不一：{place} 写的是 {shown(outer)}，记录写的是 {shown(record.get(name))}"
            )
    issuers = record.get("issuers") or [record.get("unit")]
    files = [
        {key: value for key, value in one.items() if key != "url"} for one in edition.get("attachments") or []
    ]
    if edition.get("issuers") != issuers or files != (record.get("attachments") or []):
        raise Differs("发文机关或者附件前后不一：记录写的与 edition 里写的不同")
    if moment(edition.get("online_at")) != moment(record.get("at")):
        raise Differs(f"“上网时间”前后不一：edition.online_at 写的是 {shown(edition.get('online_at'))}")
    return {**record, "body": edition.get("body")}


def moment(text: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None


def climb(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """The root that the path leads to (RFC 9162 section 2.1.3.2), or None where the path does not fit."""
    if index >= size:
        return None
    number, last, hashed = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if number % 2 or number == last:
            hashed = hashlib.sha256(b"\x01" + sibling + hashed).digest()
            while number and not number % 2:
                number, last = number // 2, last // 2
        else:
            hashed = hashlib.sha256(b"\x01" + hashed + sibling).digest()
        number, last = number // 2, last // 2
    return hashed if last == 0 else None


def signed(text: str, signatures: list[tuple[str, bytes, bytes]], key: str) -> int:
    """0 where the key did not sign; else the time of its cosignature (1 for a log's own). Raises Differs."""
    try:
        name, key_id, material = key.strip().split("+", 2)
        raw = unbase64(material)
        public = Ed25519PublicKey.from_public_bytes(raw[1:])
        if raw[0] not in (1, 4) or hashlib.sha256(f"{name}\n".encode() + raw).hexdigest()[:8] != key_id:
            raise ValueError
    except ValueError:
        raise Unusable(f"公钥“{key[:80]}”不合格式：请从 /journal/ 页完整抄录") from None
    for signer, signer_id, value in signatures:
        if (signer, signer_id.hex()) == (name, key_id):
            at = int.from_bytes(value[:8], "big") if raw[0] == 4 else 1
            message, signature = text, value
            if raw[0] == 4:
                message, signature = f"cosignature/v1\ntime {at}\n{text}", value[8:]
            try:
                public.verify(signature, message.encode())
            except InvalidSignature:
                raise Differs(f"{name} 的签名与检查点的内容不符：检查点被改动过") from None
            return at
    return 0


def read_proof(raw: bytes) -> tuple[bytes, int, list[bytes], bytes]:
    head, parted, note = raw.partition(b"\n\n")
    try:
        first, extra, index, *path = head.decode("ascii").split("\n")
        if not parted or first != "c2sp.org/tlog-proof@v1" or extra[:6] != "extra " or index[:6] != "index ":
            raise ValueError
        entry = unbase64(extra[6:])
        hashes = [unbase64(line) for line in path]
        return entry, whole(index[6:]), hashes, note
    except ValueError:
        raise Unusable("证明文件不合格式（c2sp.org/tlog-proof@v1）：请重新下载 .tlog-proof") from None


def read_note(raw: bytes) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    try:
        text, parted, below = raw.decode().rpartition("\n\n")
        if not parted or not below.endswith("\n"):
            raise ValueError
        signatures = []
        for line in below[:-1].split("\n"):
            dash, name, value = line.split(" ")
            decoded = unbase64(value)
            if dash != "—":
                raise ValueError
            signatures.append((name, decoded[:4], decoded[4:]))
        return text + "\n", signatures
    except ValueError:
        raise Unusable("证明里的检查点不合格式（c2sp.org/signed-note）：请重新下载 .tlog-proof") from None


def read_checkpoint(text: str) -> tuple[str, int, bytes]:
    try:
        origin, size, root = text.split("\n")[:3]
        return origin, whole(size), unbase64(root)
    except ValueError:
        raise Unusable("检查点须有日志名称、行数、根哈希三行：请重新下载 .tlog-proof") from None


def read_json(raw: bytes, what: str) -> dict[str, Any]:
    try:
        found = json.loads(raw)
    except (ValueError, UnicodeDecodeError):
        raise Unusable(f"{what}不是 JSON") from None
    if not isinstance(found, dict):
        raise Unusable(f"{what}不是 JSON 对象")
    return found


def canonical(value: Any) -> str:
    """RFC 8785, for text, whole numbers, truth values, null, lists and objects."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def unbase64(text: str) -> bytes:
    """Standard base64 in the one form that encoding gives. Raises ValueError."""
    decoded = base64.b64decode(text, validate=True)
    if base64.b64encode(decoded).decode() != text:
        raise ValueError
    return decoded


def whole(text: str) -> int:
    if not text.isdecimal() or not text.isascii() or str(int(text)) != text:
        raise ValueError
    return int(text)


def shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"“{text[:120]}”"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="核对一份文件是不是当初公布的那一份")
    parser.add_argument("proof", help="证明文件 .tlog-proof")
    parser.add_argument("document", help="文件的 .json、正文，或者一个附件")
    parser.add_argument("--key", required=True, help="日志的公钥，见网站的 /journal/ 页")
    parser.add_argument("--witness", action="append", default=[], help="须有其副署的见证人的公钥，可写多个")
    given = parser.parse_args(arguments)
    try:
        contents = [Path(name).read_bytes() for name in (given.proof, given.document)]
        print("\n".join(verify(contents[0], contents[1], given.key, given.witness)))
    except Differs as problem:
        print(f"对不上：{problem}")
        return 1
    except (Unusable, OSError) as problem:
        print(f"无法核对：{problem}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
