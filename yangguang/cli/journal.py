"""`yangguang journal`: check, sign, prove, witness and patrol the public journal."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from yangguang.cli import database, witness
from yangguang.cli.errors import UsageProblem

Handler = Callable[[argparse.Namespace], int]


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the verbs of `journal`."""
    verbs = "check, sign, verify, patrol, recover, witness, cosign"
    parser = subparsers.add_parser("journal", help=f"公开日志：{verbs}")
    commands = parser.add_subparsers(required=True, metavar=verbs, parser_class=type(parser))

    def command(name: str, handler: Handler, text: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
        made.set_defaults(handler=handler)
        return made

    command("check", check, "逐行核对日志的哈希链")
    command("sign", sign, "签名公布到日志的最后一行（服务运行时会自动进行）")
    one = command(
        "verify", verify, "核对一份文件是不是当初公布的那一份；结束状态：0 成立，1 不符，2 无法核对"
    )
    one.add_argument("proof", type=Path, metavar="FILE.tlog-proof", help="证明文件")
    one.add_argument("document", type=Path, metavar="DOCUMENT", help="文件的 .json、正文，或者一个附件")
    one.add_argument("--key", default="", help="日志的公钥，见 /journal/ 页；不写时用本机的")
    one.add_argument("--witness", action="append", default=[], help="须有其副署的见证人的公钥，可写多个")
    one = command("patrol", patrol, "核对所有公开内容与日志是否一致；结束状态：0 一致，1 有不符，2 无法核对")
    one.add_argument(
        "--address", default="", help="再从这个网址取回每一版的正文核对，例如 http://127.0.0.1:8000"
    )
    one.add_argument("--json", action="store_true", help="结果写成 JSON")
    command("recover", recover, "数据库是从较早的备份恢复的：从已签名公布的日志文件补回缺少的行")
    witness.add_arguments(command)


def check(_: argparse.Namespace) -> int:
    """Walk the stored chain. Raises UsageProblem at the first line where it breaks."""
    database.start()
    from yangguang.journal import queries

    problem = queries.problem()
    if problem is not None:
        raise UsageProblem(f"日志的哈希链在第 {problem.seq} 行断开，{problem.reason}：请从备份核对数据库")
    print(f"日志完整：共 {queries.size()} 行，哈希链逐行成立")
    return 0


def sign(_: argparse.Namespace) -> int:
    """Bring the public log up to the journal and sign it."""
    database.start()
    from yangguang.directory import clock
    from yangguang.journal import actions

    try:
        made = actions.checkpoint(now=clock.now())
    except actions.Forked as problem:
        raise UsageProblem(str(problem)) from problem
    print(f"已签名：{made.origin}，{made.size} 行，根哈希 {made.root.hex()}")
    return 0


def verify(arguments: argparse.Namespace) -> int:
    """Check a document against its proof, as the stand-alone verifier does."""
    from yangguang.journal.verify import yangguang_verify

    given = [str(arguments.proof), str(arguments.document), "--key", arguments.key or _own_key()]
    for one in arguments.witness:
        given += ["--witness", one]
    return yangguang_verify.main(given)


def _own_key() -> str:
    """The public key of this installation's log. Raises UsageProblem where there is none."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yangguang.config.settings")
    from django.conf import settings

    from yangguang.journal.log import key

    path = Path(settings.JOURNAL_KEY)
    if not path.exists():
        raise UsageProblem("本机没有日志的密钥：请用 --key 写明日志的公钥，它印在网站的 /journal/ 页上")
    try:
        return key.read(path).verifier().text()
    except key.KeyProblem as problem:
        raise UsageProblem(str(problem)) from problem


def patrol(arguments: argparse.Namespace) -> int:
    """Compare everything public with the journal; status 1 and a list where something differs."""
    database.start()
    from yangguang.cli import rounds

    found = rounds.go(address=arguments.address, progress=_bar)
    if arguments.json:
        print(json.dumps({"checked": found.checked, "findings": found.findings}, ensure_ascii=False))
    else:
        for finding in found.findings:
            print(f"不符：{finding['place']}：{finding['reason']}")
        word = f"不符 {len(found.findings)} 项" if found.findings else "全部一致"
        print(f"巡查完毕：核对 {found.checked} 项，{word}")
    return 1 if found.findings else 0


def recover(_: argparse.Namespace) -> int:
    """Put back the lines that an older database lacks, from the signed files."""
    database.start()
    from yangguang.journal import actions
    from yangguang.journal.log.recovery import recover as put_back

    try:
        count = put_back()
    except actions.Forked as problem:
        raise UsageProblem(str(problem)) from problem
    print(f"补回 {count} 行" if count else "没有缺少的行")
    if count:
        print("这些行所说的文件若不在数据库里，yangguang journal patrol 会逐一列出：请照原件重新录入")
    return 0


def _bar(done: int, total: int) -> None:
    if sys.stderr.isatty() and total and (done % 500 == 0 or done == total):
        filled = 30 * done // total
        end = "\n" if done == total else ""
        print(
            f"\r  巡查 {'█' * filled}{'░' * (30 - filled)} {done}/{total}{end}",
            end="",
            file=sys.stderr,
            flush=True,
        )
