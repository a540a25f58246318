#!/usr/bin/env python3
"""What a generated call, its decoding and a stream of pages cost, as ratios to the same written by hand.

By hand is reqwest and serde_json with derives: the same transport, the same server, the same 28 fields. Twice: with dates
as texts, and with dates as dates, which is what the generated client has.
Instructions are callgrind's and allocations dhat's, each the difference of many rounds and few, so that the start does not
count; CPU seconds are medians in turns, those of the system included. Exits with 1 where instructions or allocations are
more than the bounds allow.

    python3 tests/call_cost.py
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from measure import ROOT, cpu, crate, run

MOST_CALL, MOST_DECODE, MOST_ALLOCATIONS, MOST_STREAM = 1.03, 1.0, 10, 1.1
DEPENDENCIES = """client-runtime = {{ path = "{runtime}", default-features = false, features = ["reqwest"] }}
jiff = {{ version = "0.2", default-features = false, features = ["std", "serde"] }}
reqwest = {{ version = "0.13.5", default-features = false }}
serde = {{ version = "1", features = ["derive"] }}
serde_json = "1"
tokio = {{ version = "1", features = ["rt", "net", "time"] }}"""


def build(work):
    """The measuring program, with the client that is generated of `tests/cost`."""
    here, folder = ROOT / "tests" / "cost", work / "cost"
    run("cargo", "run", "-q", "--release", "-p", "codegen-cli", "--bin", "codegen", "--", "generate", str(here),
        "--out", str(work / "out"), cwd=ROOT)
    crate(folder, "cost", DEPENDENCIES.format(runtime=ROOT / "generated-client" / "runtime"), "")
    (folder / "src" / "lib.rs").unlink()
    shutil.copy(here / "main.rs", folder / "src" / "main.rs")
    shutil.copytree(next(path for path in (work / "out").iterdir() if path.is_dir()), folder / "src" / "cost")
    target = os.environ.get("CARGO_TARGET_DIR", str(ROOT / "target"))
    run("cargo", "build", "-q", "--release", "--target-dir", target, cwd=folder)
    return pathlib.Path(target) / "release" / "cost"


def counted(program, tool, pattern, word, few, many, base):
    def once(rounds):
        command = ["valgrind", "--tool=" + tool, f"--{tool}-out-file=/dev/null", str(program), word, str(rounds), base]
        ran = subprocess.run(command, check=True, capture_output=True, text=True)
        return int(re.search(pattern, ran.stderr).group(1).replace(",", ""))
    return (once(many) - once(few)) / (many - few)


def main():
    work = pathlib.Path(tempfile.mkdtemp(prefix="cost-"))
    program = build(work)
    server = subprocess.Popen([program, "serve"], stdout=subprocess.PIPE, text=True)
    base = server.stdout.readline().strip()
    missed = []

    def held(what, value, most):
        if value > most:
            missed.append(what)
        return f"{value:.3f} (bound {most})" if isinstance(most, float) else f"{value:.1f} more (bound {most})"

    try:
        for word, hands, few, many, most in (
                ("decode", "decode-by-hand", 100, 1100, MOST_DECODE),
                ("call", "call-by-hand", 200, 1200, MOST_CALL),
                ("stream", "pages-by-hand", 1000, 11000, MOST_STREAM)):
            words = (word, hands, hands + "-dated")
            own, text, dated = (counted(program, "callgrind", r"Collected : (\d+)", it, few, many, base) for it in words)
            print(f"{word:7} instructions {own:9.0f}   by hand {text:9.0f}   with dates {dated:9.0f}"
                  f"   ratio {held(word, own / dated, most)}, with dates as texts {own / text:.3f}")
            blocks = [counted(program, "dhat", r"Total: +[\d,]+ bytes in ([\d,]+) blocks", it, few, many, base)
                      for it in words]
            print(f"{word:7} allocations  {blocks[0]:9.2f}   by hand {blocks[1]:9.2f}   with dates {blocks[2]:9.2f}"
                  + (f"   {held('allocations', blocks[0] - blocks[2], MOST_ALLOCATIONS)}" if word == "call" else ""))
        for word, hands, times in (("call", "call-by-hand", 20000), ("stream", "pages-by-hand", 1000000)):
            own, text, dated = cpu(*({"command": [str(program), it, str(times), base]}
                                     for it in (word, hands, hands + "-dated")), runs=7)
            print(f"{word:7} CPU of {times:7}  {own:6.2f} s   by hand {text:6.2f} s   with dates {dated:6.2f} s"
                  f"   ratio {own / dated:.3f}, with dates as texts {own / text:.3f}")
        few, many = (int(subprocess.run([program, "stream", times, base], check=True, capture_output=True, text=True).stdout)
                     for times in ("10000", "1000000"))
        print(f"memory of a stream of 10000 items  {few} kB   of 1000000  {many} kB")
    finally:
        server.kill()
        shutil.rmtree(work)
    print("kept" if not missed else "missed: " + ", ".join(missed))
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
