"""A thousand publications with the process killed at random points: is anything lost, or half public?

    python benchmarks/kill.py [KILLS] [SEED]

Kills with SIGKILL while publishing and signing go on, then holds everything that was acknowledged against
the database, the signed log and its own proof. There is no peer: the figure to reach is nought broken.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import benchmarks  # noqa: E402, F401 the Python that has the product


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("kills", nargs="?", type=int, default=1000)
    parser.add_argument("seed", nargs="?", type=int, default=2017)
    given = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "benchmarks.parts.killing",
            folder,
            str(given.kills),
            str(given.seed),
        ]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, check=False)
    told = json.loads(done.stdout)
    print("\nkills  acknowledged  broken  seconds")
    seconds = time.monotonic() - started
    print(f"{told['kills']:5}  {told['acknowledged']:12}  {len(told['broken']):6}  {seconds:7.0f}")
    for sentence in told["broken"]:
        print(sentence)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
