#!/usr/bin/env python3
"""What compiled signing of a create request costs, as a ratio to the same work by hand.

The same work is: the texts of time and nonce, a sort of the pairs, one text of them, HMAC-SHA-256, hexadecimal. It is
compared twice: with signing alone, which is what the bounds are about, and with all that a generated client does there,
which is the two fixed headers of every call besides; by hand there are no headers.
Instructions are callgrind's, allocations dhat's; each is the difference of many rounds and one. Exits with 1 where
signing alone costs more than the bounds allow.

    python3 tests/signing_cost.py
"""

import json
import os
import re
import subprocess
import sys

ROUNDS = 1000
MOST_TIME, MOST_ALLOCATIONS = 1.3, 4
NAMES = {"raw": "by hand", "compiled": "signing alone", "compiled_with_headers": "with the fixed headers"}


def test_binary():
    command = ["cargo", "test", "--release", "--package", "client-runtime", "--features", "http", "--lib",
               "--no-run"]
    built = subprocess.run(command + ["--message-format=json"], check=True, stdout=subprocess.PIPE, text=True)
    messages = (json.loads(line) for line in built.stdout.splitlines())
    return [message["executable"] for message in messages if message.get("executable")][-1]


def run(binary, name, tool, pattern, rounds):
    command = ["valgrind", "--tool=" + tool, "--%s-out-file=/dev/null" % tool, binary]
    command += ["--exact", "signing::cost::" + name, "--test-threads=1"]
    environment = {**os.environ, "SIGNING_COST_ROUNDS": str(rounds)}
    ran = subprocess.run(command, check=True, env=environment, capture_output=True, text=True)
    return int(re.search(pattern, ran.stderr).group(1).replace(",", ""))


def cost(binary, name, tool, pattern):
    few, many = (run(binary, name, tool, pattern, rounds) for rounds in (1, 1 + ROUNDS))
    return (many - few) / ROUNDS


def main():
    binary = test_binary()
    instructions = {name: cost(binary, name, "callgrind", r"Collected : (\d+)") for name in NAMES}
    blocks = {name: cost(binary, name, "dhat", r"Total: +[\d,]+ bytes in ([\d,]+) blocks") for name in NAMES}
    ratio = {name: instructions[name] / instructions["raw"] for name in NAMES}
    more = {name: blocks[name] - blocks["raw"] for name in NAMES}
    print("by hand: %.0f instructions, %.1f allocations" % (instructions["raw"], blocks["raw"]))
    for name, what in NAMES.items():
        if name != "raw":
            print("%s: %.0f instructions, %.2f times by hand; %.1f allocations, %.1f more"
                  % (what, instructions[name], ratio[name], blocks[name], more[name]))
    return ratio["compiled"] > MOST_TIME or more["compiled"] > MOST_ALLOCATIONS


if __name__ == "__main__":
    sys.exit(main())
