"""Every kind of change that a review can report: its id, what it costs a caller, and the words for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

__all__ = ["BY_ID", "Check", "Severity"]


class Severity(Enum):
    """What a change costs somebody who calls the client, the worst first."""

    BREAKING = "breaking"
    """Code that was right before fails: under a type checker, or when it is called."""
    MAYBE = "maybe"
    """Code goes on working, but may no longer mean or cover what it did."""
    COMPATIBLE = "compatible"
    """Nothing that callers wrote is touched."""
    DOCS = "docs"
    """Words or order, and nothing else."""

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return _ORDER.index(self)


_ORDER = tuple(Severity)


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    severity: Severity
    text: str
    """The new state, as the rest of a sentence that begins with the symbol. `{old}` and `{new}` are code."""
    hint: str = ""
    """What a caller does about it, in one line."""


_B, _M, _C, _D = Severity.BREAKING, Severity.MAYBE, Severity.COMPATIBLE, Severity.DOCS
_RARELY = "Code that lists all values should allow for it."
_NARROW = "Check every use against the new type."
_SEND = "Give a value of the new type."


class Check(Enum):
    """A kind of change. The ids are stable: configurations and programs refer to them."""

    # The client as a whole
    CLIENT_ADDED = _Row("client-added", _C, "is a new client")
    CLIENT_REMOVED = _Row("client-removed", _B, "is no longer generated", "Stay on the last release.")
    CLIENT_RENAMED = _Row("client-renamed", _B, "is now {new}", "Import the new name.")
    BASE_URL_ADDED = _Row("base-url-added", _C, "has a default now: {new}")
    BASE_URL_REMOVED = _Row(
        "base-url-removed", _B, "has no default any more; it was {old}", "Pass `base_url=`."
    )
    BASE_URL_CHANGED = _Row(
        "base-url-changed",
        _M,
        "is {new} by default; it was {old}",
        "Pass `base_url=` to stay on the old host.",
    )
    SETTING_ADDED_REQUIRED = _Row(
        "setting-added-required",
        _B,
        "is new, and has no default",
        "Pass it to the client or set its variable.",
    )
    SETTING_ADDED_OPTIONAL = _Row("setting-added-optional", _C, "is new, {new} by default")
    SETTING_REMOVED = _Row("setting-removed", _B, "is gone", "Do not pass it to the client any more.")
    SETTING_RENAMED = _Row("setting-renamed", _B, "is now called {new}", "Pass it by the new name.")
    SETTING_BECAME_REQUIRED = _Row(
        "setting-became-required", _B, "has no default any more; it was {old}", "Pass it to the client."
    )
    SETTING_BECAME_OPTIONAL = _Row("setting-became-optional", _C, "has a default now: {new}")
    SETTING_DEFAULT_CHANGED = _Row(
        "setting-default-changed", _M, "is {new} by default; it was {old}", "Pass the old value to keep it."
    )
    CREDENTIAL_ADDED = _Row("credential-added", _C, "is a new credential ({new})")
    CREDENTIAL_REMOVED = _Row(
        "credential-removed", _B, "is gone ({old})", "Do not pass it to the client any more."
    )
    CREDENTIAL_RENAMED = _Row("credential-renamed", _B, "is now called {new}", "Pass it by the new name.")
    CREDENTIAL_SENT_OTHERWISE = _Row("credential-sent-otherwise", _C, "is sent as {new}; it was {old}")
    SECURITY_CHANGED = _Row(
        "security-changed",
        _B,
        "needs {new}; it needed {old}",
        "Give the client the credentials that are needed now.",
    )
    SECURITY_RELAXED = _Row("security-relaxed", _C, "needs {new}; it needed {old}")

    # Operations
    OPERATION_ADDED = _Row("operation-added", _C, "is new: {new}")
    OPERATION_REMOVED = _Row(
        "operation-removed", _B, "is gone: {old}", "Stop calling it, or stay on the last release."
    )
    OPERATION_RENAMED = _Row("operation-renamed", _B, "is now {new}", "Call it by the new name.")
    OPERATION_RENAMED_WITH_ALIAS = _Row(
        "operation-renamed-with-alias", _M, "is now {new}; the old name warns", "Call it by the new name."
    )
    RESOURCE_RENAMED = _Row("resource-renamed", _B, "is now {new}", "Reach it by the new name.")
    RESOURCE_RENAMED_WITH_ALIAS = _Row(
        "resource-renamed-with-alias", _M, "is now {new}; the old name warns", "Reach it by the new name."
    )
    OPERATION_DEPRECATED = _Row("operation-deprecated", _C, "is deprecated", "Plan to stop calling it.")
    OPERATION_REINSTATED = _Row("operation-reinstated", _C, "is no longer deprecated")
    ROUTE_CHANGED = _Row(
        "route-changed",
        _M,
        "sends {new}; it was {old}",
        "Update mocks and allow-lists that know the address.",
    )
    OPERATION_SERVER_CHANGED = _Row(
        "operation-server-changed", _M, "goes to {new}; it went to {old}", "Update mocks and allow-lists."
    )
    FIXED_HEADER_CHANGED = _Row("fixed-header-changed", _M, "always sends {new}; it was {old}")
    FIXED_QUERY_CHANGED = _Row("fixed-query-changed", _M, "always sends the query {new}; it was {old}")

    # Arguments: parameters, and the fields of a flattened body
    ARGUMENT_ADDED_REQUIRED = _Row(
        "argument-added-required", _B, "is new and required: {new}", "Pass it in every call."
    )
    ARGUMENT_ADDED_OPTIONAL = _Row("argument-added-optional", _C, "is new: {new}")
    ARGUMENT_REMOVED = _Row(
        "argument-removed", _B, "is gone; it was {old}", "Do not pass it; `options` can still send it."
    )
    ARGUMENT_RENAMED = _Row("argument-renamed", _B, "is now called {new}", "Pass it by the new name.")
    ARGUMENT_RENAMED_WITH_ALIAS = _Row(
        "argument-renamed-with-alias",
        _M,
        "is now called {new}; the old name warns",
        "Pass it by the new name.",
    )
    ARGUMENT_MOVED = _Row("argument-moved", _C, "is sent as {new}; it was {old}")
    ARGUMENT_ORDER_CHANGED = _Row(
        "argument-order-changed",
        _B,
        "takes {new}; it was {old}",
        "Reorder the arguments, or pass them by name.",
    )
    ARGUMENT_BECAME_KEYWORD = _Row(
        "argument-became-keyword", _B, "can only be passed by name", "Pass it by name."
    )
    ARGUMENT_BECAME_REQUIRED = _Row(
        "argument-became-required", _B, "is required now: {new}", "Pass it in every call."
    )
    ARGUMENT_BECAME_OPTIONAL = _Row("argument-became-optional", _C, "is optional now: {new}")
    ARGUMENT_TYPE_CHANGED = _Row("argument-type-changed", _B, "takes {new}; it took {old}", _SEND)
    ARGUMENT_TYPE_NARROWED = _Row("argument-type-narrowed", _B, "takes only {new}; it took {old}", _SEND)
    ARGUMENT_TYPE_WIDENED = _Row("argument-type-widened", _C, "takes {new}; it took {old}")
    ARGUMENT_VALUE_ADDED = _Row("argument-value-added", _C, "takes {new} too")
    ARGUMENT_VALUE_REMOVED = _Row(
        "argument-value-removed", _B, "does not take {old} any more", "Pass one of the values that are left."
    )
    ARGUMENT_VALUE_UNLISTED = _Row(
        "argument-value-unlisted",
        _M,
        "does not list {old} any more; it is still sent",
        "Ask whether the API still takes it.",
    )
    ARGUMENT_DEFAULT_CHANGED = _Row(
        "argument-default-changed", _M, "is {new} by default; it was {old}", "Pass the old value to keep it."
    )
    ARGUMENT_ENCODING_CHANGED = _Row("argument-encoding-changed", _C, "is written as {new}; it was {old}")
    ARGUMENT_DEPRECATED = _Row("argument-deprecated", _C, "is deprecated", "Plan to stop passing it.")
    ARGUMENT_REINSTATED = _Row("argument-reinstated", _C, "is no longer deprecated")
    VALUE_LIST_REMOVED = _Row(
        "value-list-removed", _B, "is gone; it was {old}", "Write the values out where the name was imported."
    )
    VALUE_LIST_RENAMED = _Row("value-list-renamed", _B, "is now {new}", "Import the new name.")
    VALUE_LIST_RENAMED_WITH_ALIAS = _Row(
        "value-list-renamed-with-alias", _M, "is now {new}; the old name warns", "Import the new name."
    )

    # Bodies
    BODY_RESHAPED = _Row(
        "body-reshaped", _B, "takes its body as {new}; it was {old}", "Give the body in its new shape."
    )
    BODY_MEDIA_TYPE_CHANGED = _Row("body-media-type-changed", _M, "sends {new}; it was {old}")
    BODY_PART_TYPE_CHANGED = _Row("body-part-type-changed", _C, "is labelled {new}; it was {old}")
    BODY_TEXT_CHANGED = _Row("body-text-changed", _M, "sends another fixed text", "Read the new text.")

    # Responses
    RETURN_ADDED = _Row("return-added", _C, "returns {new}; it returned nothing")
    RETURN_TYPE_CHANGED = _Row("return-type-changed", _B, "returns {new}; it was {old}", _NARROW)
    RETURN_TYPE_NARROWED = _Row("return-type-narrowed", _C, "returns {new}; it was {old}")
    RETURN_ITEMS_NARROWED = _Row(
        "return-items-narrowed",
        _M,
        "returns {new}; it was {old}",
        "Adjust annotations that write the type out.",
    )
    RETURN_TYPE_LOST = _Row("return-type-lost", _M, "returns {new}; it was {old}", "Check what arrives.")
    RETURN_TYPE_FOUND = _Row(
        "return-type-found", _M, "returns {new}; it had no type", "Check how it is used."
    )
    RETURN_VALUE_ADDED = _Row("return-value-added", _M, "may return {new} too", _RARELY)
    RETURN_VALUE_REMOVED = _Row("return-value-removed", _C, "does not list {old} any more")
    STATUS_CHANGED = _Row("status-changed", _C, "succeeds with {new}; it was {old}")
    ANSWER_MEDIA_TYPE_CHANGED = _Row("answer-media-type-changed", _C, "responds with {new}; it was {old}")
    ERROR_ADDED = _Row("error-added", _C, "documents a new failure: {new}")
    ERROR_REMOVED = _Row("error-removed", _C, "does not document this failure any more: {old}")

    # Models
    MODEL_REMOVED = _Row("model-removed", _B, "is gone", "Do not import it any more.")
    MODEL_RENAMED = _Row("model-renamed", _B, "is now {new}", "Import the new name.")
    MODEL_RENAMED_WITH_ALIAS = _Row(
        "model-renamed-with-alias", _M, "is now {new}; the old name warns", "Import the new name."
    )
    MODEL_EXTRA_CHANGED = _Row(
        "model-extra-changed", _M, "has other members of {new}; they were {old}", "Check how they are used."
    )
    FIELD_RENAMED = _Row("field-renamed", _B, "is now called {new}", "Use the new name.")
    FIELD_RENAMED_WITH_ALIAS = _Row(
        "field-renamed-with-alias", _M, "is now called {new}; the old name warns", "Use the new name."
    )
    FIELD_MOVED = _Row(
        "field-moved",
        _M,
        "is {new} on the wire; it was {old}",
        "Literals, which have wire keys, need the new key.",
    )
    FIELD_DEPRECATED = _Row("field-deprecated", _C, "is deprecated", "Plan to stop using it.")
    FIELD_REINSTATED = _Row("field-reinstated", _C, "is no longer deprecated")

    # Fields of models that responses hold
    ANSWER_FIELD_ADDED = _Row("answer-field-added", _C, "is new: {new}")
    ANSWER_FIELD_REMOVED = _Row("answer-field-removed", _B, "is gone; it was {old}", "Stop reading it.")
    ANSWER_FIELD_BECAME_OPTIONAL = _Row(
        "answer-field-became-optional", _B, "may be missing: {new}", "Check for None before using it."
    )
    ANSWER_FIELD_BECAME_REQUIRED = _Row("answer-field-became-required", _C, "is always there: {new}")
    ANSWER_FIELD_TYPE_CHANGED = _Row("answer-field-type-changed", _B, "is {new}; it was {old}", _NARROW)
    ANSWER_FIELD_TYPE_NARROWED = _Row("answer-field-type-narrowed", _C, "is {new}; it was {old}")
    ANSWER_FIELD_ITEMS_NARROWED = _Row(
        "answer-field-items-narrowed",
        _M,
        "is {new}; it was {old}",
        "Adjust annotations that write the type out.",
    )
    ANSWER_FIELD_TYPE_LOST = _Row(
        "answer-field-type-lost", _M, "is {new}; it was {old}", "Check what arrives."
    )
    ANSWER_FIELD_TYPE_FOUND = _Row(
        "answer-field-type-found", _M, "is {new}; it had no type", "Check how it is used."
    )
    ANSWER_VALUE_ADDED = _Row("answer-value-added", _M, "may be {new} too", _RARELY)
    ANSWER_VALUE_REMOVED = _Row("answer-value-removed", _C, "does not list {old} any more")

    # Fields of models that bodies hold
    BODY_FIELD_ADDED_REQUIRED = _Row(
        "body-field-added-required", _B, "is new and required: {new}", "Give it wherever the model is built."
    )
    BODY_FIELD_ADDED_OPTIONAL = _Row("body-field-added-optional", _C, "is new: {new}")
    BODY_FIELD_REMOVED = _Row("body-field-removed", _B, "is gone; it was {old}", "Do not give it any more.")
    BODY_FIELD_BECAME_REQUIRED = _Row(
        "body-field-became-required", _B, "is required now: {new}", "Give it wherever the model is built."
    )
    BODY_FIELD_BECAME_OPTIONAL = _Row("body-field-became-optional", _C, "is optional now: {new}")
    BODY_FIELD_TYPE_CHANGED = _Row("body-field-type-changed", _B, "takes {new}; it took {old}", _SEND)
    BODY_FIELD_TYPE_NARROWED = _Row("body-field-type-narrowed", _B, "takes only {new}; it took {old}", _SEND)
    BODY_FIELD_TYPE_WIDENED = _Row("body-field-type-widened", _C, "takes {new}; it took {old}")
    BODY_VALUE_ADDED = _Row("body-value-added", _C, "lists {new} too")
    BODY_VALUE_REMOVED = _Row(
        "body-value-removed",
        _B,
        "does not take {old} any more in its input form",
        "Pass one of the values that are left.",
    )
    BODY_VALUE_UNLISTED = _Row(
        "body-value-unlisted",
        _M,
        "does not list {old} any more; it is still sent",
        "Ask whether the API still takes it.",
    )

    # What is generated with less than the spec describes
    LOSS_ADDED = _Row(
        "loss-added",
        _M,
        "supports less than the spec describes: {new}",
        "Look at its location in the spec; see `.pillarbox/losses.jsonl`.",
    )
    LOSS_REMOVED = _Row("loss-removed", _C, "supports what the spec describes; it was {old}")

    # What is folded
    DOCS_CHANGED = _Row("docs-changed", _D, "is described in other words")
    EXAMPLES_CHANGED = _Row("examples-changed", _D, "has other examples")
    ORDER_CHANGED = _Row("order-changed", _D, "is in another order")

    @property
    def id(self) -> str:
        """What configurations and programs call it."""
        return self.value.id

    @property
    def title(self) -> str:
        """What has happened, in a few words: `argument added required`."""
        return self.id.replace("-", " ")

    @property
    def adds(self) -> bool:
        """True for something that was not there before."""
        return "-added" in self.id

    @property
    def severity(self) -> Severity:
        """Its severity unless another one is configured."""
        return self.value.severity

    @property
    def text(self) -> str:
        """The rest of a sentence that begins with the symbol; `{old}` and `{new}` are code."""
        return self.value.text

    @property
    def hint(self) -> str:
        """What a caller does about it; empty where nothing is to be done."""
        return self.value.hint


BY_ID: Mapping[str, Check] = MappingProxyType({check.id: check for check in Check})
