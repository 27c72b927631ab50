#!/usr/bin/env python3
"""The record of ten fields: fluxdeck against @faker-js/faker, in turns, in one run.

Prints the median of each, the ratio of the medians and the smallest ratio of a round. Without node, or without the module (`npm ci` in
bench/fakerjs, or in the folder FAKERJS names), it says so and compares nothing.
"""
import json
import os
import shutil
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROUNDS = int(os.environ.get('ROUNDS', '7'))
SECONDS = os.environ.get('SECONDS', '2')
WANTED = 200


def one(command, folder):
    pin = ['taskset', '-c', '0'] if shutil.which('taskset') else []
    out = subprocess.run(pin + command, cwd=folder, capture_output=True, text=True, check=True).stdout
    return json.loads(out)


def main():
    ours = os.path.abspath(os.environ.get('BENCH_VALUES', 'bench/bench_values'))
    folder = os.environ.get('FAKERJS', os.path.join(HERE, 'fakerjs'))
    if not shutil.which('node') or not os.path.isdir(os.path.join(folder, 'node_modules', '@faker-js', 'faker')):
        print('record against @faker-js/faker                 skipped: it needs node, and `npm ci` in bench/fakerjs')
        return 0
    script = os.path.join(folder, 'record.mjs')
    a, b = [], []
    for _ in range(ROUNDS):
        a.append(one([ours, '--seconds', SECONDS], HERE))
        b.append(one(['node', script, SECONDS], folder))
    mine, theirs = (statistics.median(r['ns'] for r in side) for side in (a, b))
    worst = min(y['ns'] / x['ns'] for x, y in zip(a, b))
    print(f"record against @faker-js/faker, node {b[0]['node']}: {mine:.0f} ns, {a[0]['bytes']:.0f} bytes; {theirs:.0f} ns, {b[0]['bytes']:.0f} bytes;"
          f" ratio {theirs / mine:.0f}, smallest of {ROUNDS} rounds {worst:.0f} (to reach: {WANTED})")
    return 0


if __name__ == '__main__':
    sys.exit(main())
