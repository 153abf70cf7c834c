"""The languages of samples, in the order in which people see them."""

from .language import Language
from .languages import (
    c_libcurl,
    curl,
    delphi,
    delphi_chilkat,
    httpie,
    perl,
    php,
    powershell,
    python_chilkat2,
    python_httpx2,
    python_pillarbox,
    python_requests,
    r,
    raw_http,
    ruby,
    rust,
    wget,
)

__all__ = ["LANGUAGES"]

LANGUAGES: tuple[Language, ...] = (
    delphi_chilkat.LANGUAGE,
    delphi.LANGUAGE,
    curl.LANGUAGE,
    python_pillarbox.SYNC,
    python_pillarbox.ASYNC,
    python_chilkat2.LANGUAGE,
    python_httpx2.LANGUAGE,
    c_libcurl.LANGUAGE,
    rust.LANGUAGE,
    powershell.LANGUAGE,
    python_requests.LANGUAGE,
    wget.LANGUAGE,
    httpie.LANGUAGE,
    raw_http.LANGUAGE,
    php.LANGUAGE,
    ruby.LANGUAGE,
    perl.LANGUAGE,
    r.LANGUAGE,
)
