"""`python serve.py MODULE FILE`: an application with uvicorn on a free port, whose URL is the first line that it prints.

Each request is written into the file before the application gets it.
"""

import base64
import importlib
import json
import socket
import sys

import uvicorn


class Recorder:
    """An ASGI application around another one."""

    def __init__(self, app, path):
        self.app = app
        self.path = path

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        headers = {}
        for key, value in scope["headers"]:
            name, text = key.decode("latin-1"), value.decode("latin-1")
            headers[name] = f"{headers[name]}, {text}" if name in headers else text
        target = scope["raw_path"].decode() + (
            "?" + scope["query_string"].decode() if scope["query_string"] else ""
        )
        line = {
            "method": scope["method"],
            "target": target,
            "headers": json.dumps(headers),
            "body": base64.b64encode(body).decode(),
        }
        with open(self.path, "a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        messages = [{"type": "http.request", "body": body, "more_body": False}]

        async def again():
            return messages.pop() if messages else await receive()

        await self.app(scope, again, send)


if __name__ == "__main__":
    app = importlib.import_module(sys.argv[1]).app
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    sock.listen()
    print(f"http://127.0.0.1:{sock.getsockname()[1]}", flush=True)
    config = uvicorn.Config(Recorder(app, sys.argv[2]), log_level="error", lifespan="off")
    uvicorn.Server(config).run(sockets=[sock])
