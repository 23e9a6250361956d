"""A thousand publications with the process killed at random points: is anything lost, or half public?

    .venv/bin/python benchmarks/kill.py [KILLS] [SEED]

Kills with SIGKILL while publishing and signing go on, then holds everything that was acknowledged against
the database, the signed log and its own proof. There is no peer: the figure to reach is nought broken.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    kills = sys.argv[1] if len(sys.argv) > 1 else "1000"
    seed = sys.argv[2] if len(sys.argv) > 2 else "2017"
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.parts.killing", folder, kills, seed]
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
