"""Run every attack once on this machine, at its highest level or the one given, and print what came of it as JSON."""

import argparse
import os
import sys

import msgspec
from attack import ATTACKS
from contained import run_contained
from yard import Yard


class Survey(msgspec.Struct):
    """What a machine gives; how many attacks were run, how many of them nothing stops there; those that went wrong."""

    uid: int
    level: int
    layers: list[str]
    run: int
    open: list[str]
    unexpected: list[str]


def survey(level: int, verbose: bool = False) -> Survey:
    """Run the attacks at ``level`` at most."""
    with Yard(level) as yard:
        unexpected, unstopped, run = [], [], 0
        for each in ATTACKS:
            stopped = each.is_stopped(yard.layers)
            # Not as root it is small enough: sixty threads, a few hundred megabytes.
            alone = each.dangerous and not stopped and os.getuid() == 0
            outcome = run_contained(each, level) if alone else yard.run(each)
            run += 1
            if not stopped:
                unstopped.append(each.name)
            line = f"{each.name}: {sorted(outcome.harm)} {outcome}"
            if verbose:
                print(line, file=sys.stderr)
            if outcome.harm and stopped:
                unexpected.append(line)
        return Survey(os.getuid(), yard.level, sorted(yard.layers), run, unstopped, unexpected)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--level", type=int, default=5)
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    sys.stdout.buffer.write(msgspec.json.encode(survey(arguments.level, arguments.verbose)) + b"\n")
