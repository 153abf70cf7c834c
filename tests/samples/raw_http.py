"""Sends the sample of raw HTTP in the file that is named: reads it by what its own first lines say."""

import base64
import os
import re
import socket
import sys
from pathlib import Path
from urllib.parse import quote, urlsplit

__all__ = ["main", "message"]

_FILLED = re.compile(r"\{\{([A-Za-z_]\w*)\}\}")
_CALLED = re.compile(r"\{\{(env|uri|base64|file|host|path)\(([\w:]+)\)\}\}")
_CODED = re.compile(r"\{\{U\+([0-9A-F]{4,6})\}\}")
_ANY = re.compile(rf"{_CODED.pattern}|{_CALLED.pattern}|{_FILLED.pattern}")


def _value(found: re.Match[str], values: dict[str, bytes], encoding: str) -> bytes:
    number, function, argument, name = found.groups()
    if number:
        return chr(int(number, 16)).encode(encoding)
    if name:
        return values[name]
    match function:
        case "env":
            return os.environ[argument].encode()
        case "uri":
            return quote(values[argument], safe="").encode()
        case "base64":
            return base64.b64encode(b":".join(values[one] for one in argument.split(":")))
        case "file":
            return Path(values[argument].decode()).read_bytes()
        case "host":
            return urlsplit(values[argument]).netloc
        case _:
            return urlsplit(values[argument]).path


def _filled(text: str, values: dict[str, bytes], encoding: str) -> bytes:
    """In one pass: what is filled in is not looked at again."""
    made, place = b"", 0
    for found in _ANY.finditer(text):
        made += text[place : found.start()].encode(encoding) + _value(found, values, encoding)
        place = found.end()
    return made + text[place:].encode(encoding)


def message(sample: str) -> bytes:
    """The bytes of the request."""
    top, _, request = sample.partition("\n\n")
    head, _, body = request.partition("\n\n")
    values: dict[str, bytes] = {}
    for line in top.split("\n"):
        if line.startswith("@"):
            name, _, value = line[1:].partition(" = ")
            values[name] = _filled(value, values, "utf-8")
    if "multipart/form-data" in head:
        body = body.replace("\n", "\r\n").removesuffix("\r\n")
    content = _filled(body.removesuffix("\n"), values, "utf-8")
    values["length"] = str(len(content)).encode()
    return _filled(head.replace("\n", "\r\n"), values, "latin-1") + b"\r\n\r\n" + content


def main(file: str) -> int:
    data = message(Path(file).read_bytes().decode())
    host, _, port = re.findall(rb"(?im)^host: (.*?)\r$", data)[0].partition(b":")
    with socket.create_connection((host.decode(), int(port or 80)), 30) as connection:
        connection.sendall(data)
        answer = b""
        while more := connection.recv(65536):
            answer += more
    sys.stdout.buffer.write(answer)
    return int(answer.split(b" ", 2)[1] >= b"400")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
