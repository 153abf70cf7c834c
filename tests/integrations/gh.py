"""A stand-in for `gh api`, as far as our script uses it: the same arguments, against a server on this machine.

`--jq` is given to jq, whose language it is.
"""

import argparse
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request

parser = argparse.ArgumentParser()
parser.add_argument("command", choices=["api"])
parser.add_argument("path")
parser.add_argument("--paginate", action="store_true")
parser.add_argument("--silent", action="store_true")
parser.add_argument("--method", default="GET")
parser.add_argument("--jq")
parser.add_argument("-F", dest="fields", action="append", default=[])
arguments = parser.parse_args()


def call(path: str, data: bytes | None) -> object:
    request = urllib.request.Request(f"{os.environ['FORGE']}/{path}", data, method=arguments.method)
    request.add_header("Authorization", f"token {os.environ['GH_TOKEN']}")
    request.add_header("Content-Type", "application/json")
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=30) as answer:
        return json.load(answer)


fields = {}
for item in arguments.fields:
    key, _, value = item.partition("=")
    if value.startswith("@"):
        with open(value[1:], encoding="utf-8") as file:
            value = file.read()
    fields[key] = value
try:
    pages: list[object] = []
    while True:
        mark = "&" if "?" in arguments.path else "?"
        path = f"{arguments.path}{mark}page={len(pages) + 1}" if arguments.paginate else arguments.path
        page = call(path, json.dumps(fields).encode() if fields else None)
        pages.append(page)
        if not arguments.paginate or not page:
            break
except urllib.error.HTTPError as error:
    sys.exit(f"gh: HTTP {error.code}")
if not arguments.silent:
    for page in pages:
        text = json.dumps(page)
        if arguments.jq:
            done = subprocess.run(
                ["jq", "-r", arguments.jq], input=text, capture_output=True, text=True, check=True
            )
            sys.stdout.write(done.stdout)
        else:
            print(text)
