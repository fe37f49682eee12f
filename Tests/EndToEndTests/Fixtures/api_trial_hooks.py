"""Tells schemathesis what a schema cannot say: an idempotency key stands for one question only."""

import itertools
import re

import schemathesis

NUMBERS = itertools.count()


@schemathesis.hook
def before_call(context, case, kwargs):
    # What is to be refused stays as it is.
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    key = (case.headers or {}).get("idempotency-key")
    if isinstance(key, str) and re.fullmatch("[!-~]{1,200}", key):
        case.headers["idempotency-key"] = f"{key}-{next(NUMBERS)}"
