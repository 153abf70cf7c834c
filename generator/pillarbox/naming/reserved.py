"""Names that a generated package cannot give away, by what carries the name.

Written out instead of asked for at run time: the same spec must give the same names under every Python and
pydantic.
Tests hold the lists against what is installed.
"""

from collections.abc import Mapping
from typing import Literal

__all__ = ["RESERVED", "Kind"]

Kind = Literal["method", "argument", "field", "module", "class", "model", "attribute", "setting", "package"]
"""What a name is for: a method of a resource, its argument, a field of a model, a file, a class or alias beside the runtime's
own, one of the models package, a resource below another one, a named argument of the client, a top-level package."""

_MEMBERS = frozenset(
    [
        "aclose",
        "builtins",
        "cached_property",
        "capture_responses",
        "close",
        "httpx2",
        "request",
        "with_options",
    ]
)
"""Public members of the runtime's clients and resources, and names that class bodies read."""

_CLIENT_ARGUMENTS = frozenset(
    """
    self base_url timeout max_retries strict headers auth http_client transport allow_insecure ssl_context
    """.split()
)

_BASE_MODEL = frozenset(
    """
    construct copy dict from_orm json model_computed_fields model_config model_construct model_copy
    model_dump model_dump_json model_extra model_fields model_fields_set model_json_schema
    model_parametrized_name model_post_init model_rebuild model_validate model_validate_json
    model_validate_strings parse_file parse_obj parse_raw schema schema_json update_forward_refs
    validate
    """.split()
)
"""Public names of `dir(pydantic.BaseModel)`, of 2.11.0 as of 2.14. A builtin is free for a field: annotations of a class
that has one named `bytes` write `builtins.bytes`."""

_MODEL = frozenset(["from_json"])
"""What the runtime's models have beside them."""

_IMPORTED = frozenset(
    """
    Annotated Any ApiKey AsyncClient AsyncResource Basic Bearer Client Configuration Digest Field FileInput
    UnsupportedScheme Literal Mapping Model MutualTls None False True Operation RequestOptions Required Resource
    Sequence TYPE_CHECKING Tagged Timeout TypedDict UNSET UUID Unset ValidationError BaseModel Error APIError
    """.split()
)
"""Classes that generated modules import beside those they define."""

_IN_MODELS = frozenset(
    """
    Annotated Any BaseModel False Field Literal Mapping Model None NotRequired Required Sequence TYPE_CHECKING Tagged True
    TypeAliasType TypedDict UUID Union
    """.split()
)
"""Those that modules of models import. A model may be called `Error` or `Client`: it is `models.Error` to everybody."""

_BUILTIN_CLASSES = frozenset(
    """
    ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup
    BlockingIOError BrokenPipeError BufferError BytesWarning ChildProcessError
    ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError
    DeprecationWarning EOFError Ellipsis EncodingWarning EnvironmentError Exception
    ExceptionGroup FileExistsError FileNotFoundError FloatingPointError FutureWarning
    GeneratorExit IOError ImportError ImportWarning IndentationError IndexError InterruptedError
    IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError
    NameError NotADirectoryError NotImplemented NotImplementedError OSError OverflowError
    PendingDeprecationWarning PermissionError ProcessLookupError PythonFinalizationError
    RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration
    StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError
    TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError
    UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError
    """.split()
)
"""Builtins of Python 3.11 and of those after it: pydantic would take one for the model of that name, which is
imported only at the end of a module."""

_WINDOWS = frozenset(
    """
    aux con conin$ conout$ nul prn com0 com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt0 lpt1 lpt2
    lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9
    """.split()
)
"""Files that Windows cannot create, with any extension."""

_MODULES = frozenset(["conftest"]) | _WINDOWS
"""Files that cannot be in a folder of files with names of the spec, and those that tools load by themselves."""

_TOP_LEVEL = (
    frozenset(
        """
    annotated_types anyascii black conftest distutils generator httpx httpx2 jinja2 mypy pillarbox
    pip pkg_resources pydantic pydantic_core pydantic_settings pytest ruff setup setuptools
    sitecustomize src test tests typing_extensions typing_inspection usercustomize wheel yaml
    """.split()
    )
    | _WINDOWS
)
"""Packages that this name would hide, or that Python and its tools load unasked."""

_STANDARD_LIBRARY = frozenset(
    """
    abc aifc annotationlib antigravity argparse array ast asynchat asyncio asyncore atexit audioop
    base64 bdb binascii bisect builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs
    codeop collections colorsys compileall compression concurrent configparser contextlib
    contextvars copy copyreg crypt csv ctypes curses dataclasses datetime dbm decimal difflib dis
    distutils doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput
    fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib grp gzip
    hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect io ipaddress itertools
    json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap
    modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode
    operator optparse os ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform plistlib
    poplib posix posixpath pprint profile profiling pstats pty pwd py_compile pyclbr pydoc
    pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter runpy sched
    secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket
    socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string
    stringprep struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib
    tempfile termios textwrap this threading time timeit tkinter token tokenize tomllib trace
    traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest urllib uu uuid
    venv warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile
    zipimport zlib zoneinfo
    """.split()
)
"""`sys.stdlib_module_names` of Python 3.11 and of those after it."""

RESERVED: Mapping[Kind, frozenset[str]] = {
    "method": _MEMBERS,
    "argument": frozenset(("self", "options")),
    "field": _BASE_MODEL | _MODEL,
    "module": _MODULES,
    "class": _IMPORTED | _BUILTIN_CLASSES,
    "model": _IN_MODELS | _BUILTIN_CLASSES,
    # A folder of that name, and a global name of the module above it.
    "attribute": _MEMBERS | _WINDOWS | {"body_or_fields"},
    "setting": _CLIENT_ARGUMENTS,
    "package": _TOP_LEVEL | _STANDARD_LIBRARY,
}
"""Lower-case spellings, except for classes and models. Keywords are reserved everywhere and not repeated here."""
