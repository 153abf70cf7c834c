"""`make samples`: every language, every case of the contract; the last line is the result."""

import os
import sys

from pillarbox.samples.registry import LANGUAGES

from .contract_openapi import COOKIE_SECRET, document, says_no_digest
from .proof import Contract, Proof
from .runners import RUNNERS

__all__ = ["main"]


def _proved(contract: Contract, openapi: Contract, key: str) -> list[Proof]:
    language = next(one for one in LANGUAGES if one.key == key)
    runner = RUNNERS[key]
    proofs = [contract.prove(language, runner)]
    signed = [case.name for case in openapi.cases if not says_no_digest(language, case.sample)]
    proofs.append(openapi.prove(language, runner, signed))
    if language.read is not None:
        proofs.append(contract.prove_reading(language, runner))
    return proofs


def main(only: list[str]) -> int:
    """Run it; 1 where a request or a value differs, or where CI lacks a tool."""
    contract, openapi = Contract(), Contract(document, COOKIE_SECRET)
    requests = values = executed = skipped = 0
    try:
        for language in LANGUAGES:
            if only and language.key not in only:
                continue
            runner = RUNNERS[language.key]
            if missing := runner.missing():
                skipped += 1
                print(f"{language.key}: not run: {', '.join(missing)} is missing", flush=True)
                continue
            proofs = _proved(contract, openapi, language.key)
            executed += proofs[0].executed
            for line in [line for proof in proofs for line in (*proof.requests, *proof.values)]:
                print(f"  {language.key}: {line}")
            said = len({line for proof in proofs for line in proof.said})
            requests += sum(len(proof.requests) for proof in proofs)
            values += sum(len(proof.values) for proof in proofs)
            verb = "run" if proofs[0].executed else "compiled or parsed"
            print(
                f"{language.key}: {proofs[0].cases + proofs[1].cases} cases {verb}, {said} limits said",
                flush=True,
            )
    finally:
        contract.close()
        openapi.close()
    print(
        f"samples: {len(LANGUAGES)} languages, {executed} executed, {len(contract.cases) + len(openapi.cases)} cases each, "
        f"{requests} different requests, {values} different values"
    )
    return int(bool(requests or values or (skipped and os.environ.get("CI"))))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
