"""The languages of samples, in the order in which people see them."""

from .language import Language
from .languages import (
    c_libcurl,
    csharp,
    curl,
    delphi_chilkat,
    go,
    java,
    javascript_fetch,
    kotlin,
    node_axios,
    powershell,
    python_chilkat2,
    python_httpx2,
    python_pillarbox,
    rust,
    swift,
    typescript,
)

__all__ = ["LANGUAGES"]

LANGUAGES: tuple[Language, ...] = (
    delphi_chilkat.LANGUAGE,
    curl.LANGUAGE,
    python_pillarbox.SYNC,
    python_pillarbox.ASYNC,
    python_chilkat2.LANGUAGE,
    python_httpx2.LANGUAGE,
    c_libcurl.LANGUAGE,
    rust.LANGUAGE,
    powershell.LANGUAGE,
    javascript_fetch.LANGUAGE,
    node_axios.LANGUAGE,
    typescript.LANGUAGE,
    go.LANGUAGE,
    java.LANGUAGE,
    kotlin.LANGUAGE,
    csharp.LANGUAGE,
    swift.LANGUAGE,
)
