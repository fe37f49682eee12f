"""Tells schemathesis what a schema cannot say.

An idempotency key stands for one question only; a recording is more than bytes; who asks aloud is in the query or the form; and a
range begins within its document.
"""

import itertools
import re
from pathlib import Path

import schemathesis
from hypothesis import strategies
from schemathesis.transport.serialization import Binary

NUMBERS = itertools.count()
RECORDING = Path("recording.wav")

if RECORDING.exists():
    recording = RECORDING.read_bytes()
    schemathesis.openapi.format("binary", strategies.just(Binary(recording)))
    for kind in ["wav", "mpeg", "ogg", "webm", "mp4", "flac"]:
        schemathesis.openapi.media_type(f"audio/{kind}", strategies.just(recording))


@schemathesis.hook
def before_call(context, case, kwargs):
    # What is to be refused stays as it is.
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    if case.path == "/voice/ask" and "user_id" not in (case.query or {}):
        if not isinstance(case.body, dict) or "user_id" not in case.body:
            case.query = {**(case.query or {}), "user_id": "ana"}
    key = (case.headers or {}).get("idempotency-key")
    if isinstance(key, str) and re.fullmatch("[!-~]{1,200}", key):
        case.headers["idempotency-key"] = f"{key}-{next(NUMBERS)}"
    name = next((name for name in case.headers or {} if name.lower() == "range"), None)
    if name and re.match(r"bytes=\d", str(case.headers[name])):
        case.headers[name] = re.sub(r"\d+", "0", case.headers[name], count=1)
