"""Commands and folders for Node, and for the languages whose samples are compiled all at once."""

import json
from pathlib import Path

__all__ = [
    "AXIOS",
    "JACKSON",
    "TYPESCRIPT",
    "axios_folder",
    "go",
    "go_build",
    "go_module",
    "java",
    "java_build",
    "node",
    "typescript",
    "typescript_build",
    "typescript_folder",
]

ROOT = Path(__file__).parents[2]

# -- Node: packages come into build/node by `make build/node/...`, from tests/samples/node/package.json

PACKAGES = ROOT / "build" / "node" / "node_modules"
TYPESCRIPT = f"file:{PACKAGES / 'typescript' / 'bin' / 'tsc'}"
AXIOS = f"file:{PACKAGES / 'axios' / 'package.json'}"

_TSCONFIG = {
    "compilerOptions": {
        "target": "es2022",
        "module": "nodenext",
        "strict": True,
        "noUnusedLocals": True,
        "types": ["node"],
    },
    "include": ["case*/*"],
}


def node(script: Path) -> list[list[str]]:
    return [["node", script.name]]


def axios_folder(folder: Path) -> None:
    (folder / "node_modules").symlink_to(PACKAGES)


def typescript_folder(folder: Path) -> None:
    (folder / "node_modules").symlink_to(PACKAGES)
    (folder / "tsconfig.json").write_text(json.dumps(_TSCONFIG), encoding="utf-8")


def typescript_build(_: Path) -> list[list[str]]:
    return [["node", str(PACKAGES / "typescript" / "bin" / "tsc"), "--project", "."]]


def typescript(_: Path) -> list[list[str]]:
    return [["node", "sample.mjs"]]


# -- Go -----------------------------------------------------------------------------------------------


def go_module(folder: Path) -> None:
    (folder / "go.mod").write_text("module samples\n\ngo 1.18\n", encoding="utf-8")
    (folder / "bin").mkdir()


def go_build(_: Path) -> list[list[str]]:
    return [["go", "build", "-ldflags=-s -w", "-o", "bin/", "./..."]]


def go(script: Path) -> list[list[str]]:
    return [[str(script.parents[1] / "bin" / script.parent.name)]]


# -- Java and Kotlin: Debian packages Jackson -------------------------------------------------------------------

_JARS = tuple(Path(f"/usr/share/java/jackson-{name}.jar") for name in ("annotations", "core", "databind"))
JACKSON = tuple(f"file:{jar}" for jar in _JARS)
_SOURCES = Path(__file__).parent / "java"
_QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
_CLASSES = ":".join(map(str, _JARS))


def _shared(*jars: Path) -> list[list[str]]:
    """Puts the classes that every sample loads into an archive; Java starts twice as fast with it."""
    path = ":".join(map(str, (*_JARS, *jars)))
    return [
        ["javac", "-cp", path, "-d", ".", str(_SOURCES / "Warm.java")],
        ["java", *_QUICK, "-XX:DumpLoadedClassList=classes.txt", "-cp", f"{path}:.", "Warm"],
        [
            "java", *_QUICK, "-Xshare:dump", "-XX:SharedClassListFile=classes.txt",
            "-XX:SharedArchiveFile=classes.jsa", "-cp", path,
        ],
    ]  # fmt: skip


def _started(main: str, folder: str, *jars: Path) -> list[str]:
    path = ":".join((*map(str, (*_JARS, *jars)), folder))
    return ["java", *_QUICK, "-XX:SharedArchiveFile=../classes.jsa", "-cp", path, main]


def java_build(_: Path) -> list[list[str]]:
    return [["java", *_QUICK, str(_SOURCES / "Compile.java"), _CLASSES], *_shared()]


def java(_: Path) -> list[list[str]]:
    return [_started("Sample", ".")]


_KOTLIN_LIBRARY = Path("/usr/share/java/kotlin-stdlib.jar")
KOTLIN = ("kotlinc", "java", *JACKSON, f"file:{_KOTLIN_LIBRARY}")


def kotlin_build(_: Path) -> list[list[str]]:
    """A file makes a class of its own name, so each sample gets one: `case00.kt`, `Case00Kt`."""
    return [
        ["sh", "-c", "for folder in case*; do cp $folder/sample.kt $folder.kt; done"],
        ["sh", "-c", 'exec kotlinc -J-Xmx1g -jvm-target 1.8 -cp "$0" -d . case*.kt', _CLASSES],
        *_shared(_KOTLIN_LIBRARY),
    ]


def kotlin(script: Path) -> list[list[str]]:
    return [_started(f"{script.parent.name.capitalize()}Kt", "..", _KOTLIN_LIBRARY)]
