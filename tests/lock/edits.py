"""Specs under random edits, as people and tools make them, and the truth about which operation is which.

The truth travels with each operation as an extension key, which readers pass over; it goes where the operation goes.
"""

import copy
import json
import random
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

__all__ = ["TRUTH", "CollectionStory", "DocumentStory", "Story"]

TRUTH = "x-truth"
_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


class Story(ABC):
    """One spec, its edits, and how many there were."""

    def __init__(self, data: Any, seed: int) -> None:
        self.random = random.Random(seed)
        self.data = copy.deepcopy(data)
        self.count = 0
        self.edits = 0
        self.touched: set[int] = set()
        """Operations whose own types this commit changed."""
        self.loose: set[int] = set()
        """Requests that this commit left with nothing but their route: a copy of one could as well be it."""
        for node in self.operations():
            node[TRUTH] = self.number()

    def number(self) -> int:
        self.count += 1
        return self.count

    @abstractmethod
    def operations(self) -> Iterator[dict[str, Any]]:
        """The nodes of all operations, in the order of the spec."""

    @abstractmethod
    def content(self, node: dict[str, Any]) -> object:
        """By what two operations are alike for a person: then any of them is the survivor."""

    @property
    @abstractmethod
    def harmless(self) -> Mapping[str, Callable[[], bool]]:
        """Edits that take nothing from what operations are known by. Each says whether it did something."""

    @property
    @abstractmethod
    def telling(self) -> Mapping[str, Callable[[], bool]]:
        """Edits that change something by which operations are known: one of them at a time, as in one commit."""

    @abstractmethod
    def delete(self) -> bool:
        """Remove an operation."""

    def edit(self) -> list[str]:
        """A commit: a few edits. Removals come first, or a newcomer in the old place would rightly be taken for it."""
        self.touched, self.loose = set(), set()
        kinds = [name for name in ["delete"] if self.random.random() < 0.5 and self.delete()]
        one = self.random.choice(["", *self.telling])
        if one and self.telling[one]():
            kinds.append(one)
        for name in self.random.choices([*self.harmless], k=self.random.randint(1, 4)):
            if self.harmless[name]():
                kinds.append(name)
        self.edits += len(kinds)
        return kinds

    @abstractmethod
    def write(self, folder: Path) -> Path:
        """The spec as a file, in one of several layouts."""

    def shuffled(self, value: Any) -> Any:
        """The same tree with the keys of its objects in another order."""
        if isinstance(value, dict):
            keys = [*value]
            self.random.shuffle(keys)
            return {key: self.shuffled(value[key]) for key in keys}
        return [self.shuffled(item) for item in value] if isinstance(value, list) else value


class CollectionStory(Story):
    """A Postman collection."""

    def __init__(self, data: Any, seed: int) -> None:
        super().__init__(data, seed)
        self.ids = self.random.random() < 0.5
        self.layout: int | None = None
        self._set_ids()

    def _lists(self) -> Iterator[list[Any]]:
        """The item lists of the collection and of its folders."""
        waiting = [self.data]
        while waiting:
            node = waiting.pop(0)
            if isinstance(node.get("item"), list):
                yield node["item"]
                waiting += [item for item in node["item"] if isinstance(item, dict)]

    def operations(self) -> Iterator[dict[str, Any]]:
        for items in self._lists():
            yield from (item for item in items if "request" in item)

    def _folders(self) -> list[dict[str, Any]]:
        return [item for items in self._lists() for item in items if "item" in item]

    @staticmethod
    def _route(node: Any) -> str:
        request = node["request"]
        if isinstance(request, str):
            return request
        url = request.get("url")
        raw = url if isinstance(url, str) else json.dumps((url or {}).get("path"))
        return f"{request.get('method')} {raw}"

    def content(self, node: dict[str, Any]) -> object:
        return node.get("name"), self._route(node)

    def _set_ids(self) -> None:
        stamp = self.number()
        for items in self._lists():
            for item in items:
                item.pop("_postman_id", None)
                item.pop("id", None)
                if self.ids:
                    item["id"] = f"{stamp}-{self.number()}"

    @property
    def harmless(self) -> Mapping[str, Callable[[], bool]]:
        return {
            "insert": self._insert, "reorder": self._reorder, "duplicate": self._duplicate, "reformat": self._reformat,
            "describe": self._describe, "answer": self._answer,
        }  # fmt: skip

    @property
    def telling(self) -> Mapping[str, Callable[[], bool]]:
        return {"rename folder": self._rename_folder, "new ids": self._new_ids, "rename": self._rename, "move": self._move}  # fmt: skip

    def _some(self) -> tuple[list[Any], dict[str, Any]]:
        choices = [(items, item) for items in self._lists() for item in items if "request" in item]
        return self.random.choice(choices)

    def delete(self) -> bool:
        if sum(1 for _ in self.operations()) < 4:
            return False
        items, item = self._some()
        items.remove(item)
        return True

    def _insert(self) -> bool:
        """A request of a route of its own; at times with the name of an earlier one, perhaps of a removed one."""
        _, pattern = self._some()
        number = self.number()
        taken = {item.get("name") for item in self.operations()}
        name = f"Do thing {self.random.randint(1, number)}"
        name = f"Do thing {number}" if name in taken else name
        request = {"method": "GET", "url": {"raw": f"https://x.example/n{number}", "protocol": "https", "host": ["x", "example"], "path": [f"n{number}"]}}  # fmt: skip
        new = {
            "name": name,
            "request": request,
            "response": copy.deepcopy(pattern.get("response", [])),
            TRUTH: number,
        }
        if self.ids:
            new["id"] = f"new-{number}"
        items = self.random.choice([*self._lists()])
        items.insert(self.random.randint(0, len(items)), new)
        return True

    def _reorder(self) -> bool:
        self.random.shuffle(self.random.choice([*self._lists()]))
        return True

    def _duplicate(self) -> bool:
        items, item = self._some()
        if item[TRUTH] in self.loose:
            return False
        new = copy.deepcopy(item)
        new[TRUTH] = self.number()
        if self.ids:
            new["id"] = f"copy-{new[TRUTH]}"
        if self.random.random() < 0.5:
            new["name"] = f"{item.get('name')} Copy {new[TRUTH]}"
        # Postman puts a copy below its original.
        items.insert(self.random.randint(items.index(item) + 1, len(items)), new)
        return True

    def _reformat(self) -> bool:
        self.layout = self.random.choice([None, 0, 2, 4])
        self.data = self.shuffled(self.data)
        return True

    def _describe(self) -> bool:
        _, item = self._some()
        if not isinstance(item["request"], dict):
            return False
        item["request"]["description"] = f"Words {self.number()}."
        return True

    def _answer(self) -> bool:
        """A saved answer with one field more."""
        _, item = self._some()
        body = json.dumps({f"field_{self.number()}": 1})
        self.touched.add(item[TRUTH])
        item.setdefault("response", []).append({"name": "More", "code": 200, "body": body})
        return True

    def _rename_folder(self) -> bool:
        folders = self._folders()
        if not folders:
            return False
        self.random.choice(folders)["name"] = f"Folder {self.number()}"
        return True

    def _new_ids(self) -> bool:
        if self.ids:
            self._set_ids()
        return self.ids

    def _told_apart(self, node: dict[str, Any]) -> bool:
        """Whether a request can lose its place and be known for itself: by its id, or by a route of its own."""
        routes = Counter(self._route(item) for item in self.operations())
        return self.ids or routes[self._route(node)] == 1

    def _rename(self) -> bool:
        _, item = self._some()
        if not self._told_apart(item):
            return False
        item["name"] = f"Renamed {self.number()}"
        self.loose.add(item[TRUTH])
        return True

    def _move(self) -> bool:
        items, item = self._some()
        target = self.random.choice([*self._lists()])
        if not self._told_apart(item) or target is items:
            return False
        items.remove(item)
        target.append(item)
        self.loose.add(item[TRUTH])
        return True

    def write(self, folder: Path) -> Path:
        file = folder / "spec.postman_collection.json"
        file.write_text(
            json.dumps(self.data, indent=self.layout, ensure_ascii=self.layout != 2), encoding="utf-8"
        )
        return file


class DocumentStory(Story):
    """An OpenAPI document."""

    def __init__(self, data: Any, seed: int) -> None:
        super().__init__(data, seed)
        self.layout = "json"
        for _, method, node in self._places():
            # Every second document knows its operations by route alone.
            if seed % 2:
                node.pop("operationId", None)
            else:
                node.setdefault("operationId", f"{method}Of{node[TRUTH]}")

    def _places(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        for path, item in self.data["paths"].items():
            for method in _METHODS:
                if isinstance(item, dict) and isinstance(item.get(method), dict):
                    yield path, method, item[method]

    def operations(self) -> Iterator[dict[str, Any]]:
        yield from (node for _, _, node in self._places())

    def content(self, node: dict[str, Any]) -> object:
        return node[TRUTH]

    @property
    def harmless(self) -> Mapping[str, Callable[[], bool]]:
        return {
            "insert": self._insert, "reorder": self._reorder, "reformat": self._reformat, "describe": self._describe,
            "neighbour": self._neighbour, "inline": self._inline, "parameter": self._parameter,
        }  # fmt: skip

    @property
    def telling(self) -> Mapping[str, Callable[[], bool]]:
        return {
            "operationId": self._operation_id,
            "path": self._path,
            "tag": self._tag,
            "schema": self._schema,
        }

    def _some(self) -> tuple[str, str, dict[str, Any]]:
        return self.random.choice([*self._places()])

    def delete(self) -> bool:
        if sum(1 for _ in self._places()) < 4:
            return False
        path, method, _ = self._some()
        del self.data["paths"][path][method]
        return True

    def _insert(self) -> bool:
        number = self.number()
        _, _, pattern = self._some()
        new = {
            "tags": pattern.get("tags", []),
            "responses": copy.deepcopy(pattern["responses"]),
            TRUTH: number,
        }
        if "operationId" in pattern:
            known = {node.get("operationId") for node in self.operations()}
            wished = f"doThing{self.random.randint(1, number)}"
            new["operationId"] = f"doThing{number}" if wished in known else wished
        paths = [*self.data["paths"].items()]
        paths.insert(self.random.randint(0, len(paths)), (f"/n{number}", {"get": new}))
        self.data["paths"] = dict(paths)
        return True

    def _reorder(self) -> bool:
        paths = [*self.data["paths"].items()]
        self.random.shuffle(paths)
        self.data["paths"] = dict(paths)
        return True

    def _reformat(self) -> bool:
        self.layout = self.random.choice(["json", "indented", "yaml"])
        self.data = self.shuffled(self.data)
        return True

    def _describe(self) -> bool:
        self._some()[2]["description"] = f"Words {self.number()}."
        return True

    def _schemas(self) -> dict[str, Any]:
        if "swagger" in self.data:
            found: dict[str, Any] = self.data.setdefault("definitions", {})
        else:
            found = self.data.setdefault("components", {}).setdefault("schemas", {})
        return found

    def _neighbour(self) -> bool:
        """A named schema that nothing uses, or whose name is close to another one's."""
        schemas = self._schemas()
        name = self.random.choice([*schemas, "Thing"])
        schemas[f"{name}{self.number()}"] = {"type": "object", "properties": {"id": {"type": "string"}}}
        return True

    def _inline(self) -> bool:
        """An operation that answers an object of its own, perhaps of a shape that others have."""
        _, _, node = self._some()
        number = self.number()
        schema = {"type": "object", "properties": {f"field{number % 3}": {"type": "object", "properties": {"id": {"type": "string"}}}}}  # fmt: skip
        answer: dict[str, Any] = {"description": "More"}
        if "swagger" in self.data:
            answer["schema"] = schema
        else:
            answer["content"] = {"application/json": {"schema": schema}}
        if "209" in node["responses"]:
            return False
        node["responses"]["209"] = answer
        self.touched.add(node[TRUTH])
        return True

    def _parameter(self) -> bool:
        _, _, node = self._some()
        new: dict[str, Any] = {"name": f"p{self.number()}", "in": "query"}
        new |= {"type": "string"} if "swagger" in self.data else {"schema": {"type": "string"}}
        node.setdefault("parameters", []).insert(0, new)
        return True

    def _operation_id(self) -> bool:
        _, _, node = self._some()
        if "operationId" not in node:
            return False
        node["operationId"] = f"renamed{self.number()}"
        return True

    def _path(self) -> bool:
        """All that is at a path moves to another one; what has an operationId is known by it."""
        path = self._some()[0]
        item = self.data["paths"][path]
        if any("operationId" not in item[method] for method in _METHODS if method in item):
            return False
        self.data["paths"] = {f"/v{self.number()}{old}" if old == path else old: value for old, value in self.data["paths"].items()}  # fmt: skip
        return True

    def _tag(self) -> bool:
        tags = sorted({tag for node in self.operations() for tag in node.get("tags", [])})
        if not tags:
            return False
        old, new = self.random.choice(tags), f"Tag {self.number()}"
        for node in self.operations():
            node["tags"] = [new if tag == old else tag for tag in node.get("tags", [])]
        return True

    def _schema(self) -> bool:
        """A named schema gets another name, wherever it is used."""
        schemas = self._schemas()
        # A named list of values goes by its name alone.
        objects = [name for name, schema in schemas.items() if len(schema.get("properties", ())) > 1]
        if not objects:
            return False
        old = self.random.choice(objects)
        new = f"Schema{self.number()}"
        prefix = "#/definitions/" if "swagger" in self.data else "#/components/schemas/"
        renamed = {new if name == old else name: value for name, value in schemas.items()}
        schemas.clear()
        schemas.update(renamed)
        text = json.dumps(self.data).replace(json.dumps(prefix + old), json.dumps(prefix + new))
        self.data = json.loads(text)
        return True

    def write(self, folder: Path) -> Path:
        file = folder / ("spec.yaml" if self.layout == "yaml" else "spec.json")
        if self.layout == "yaml":
            text = yaml.dump(self.data, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper), sort_keys=False, allow_unicode=True)  # fmt: skip
        else:
            text = json.dumps(self.data, indent=2 if self.layout == "indented" else None)
        file.write_text(text, encoding="utf-8")
        return file
