"""Transcribe's streaming operation, and its faults:

throttled    429 with LimitExceededException before any event
refused      an exception frame in place of results
overloaded   an exception frame in place of results that says so
checksum     results with a wrong checksum
lengths      results with a wrong length
garbage      results that are no JSON
partial      partial results that no final one follows
cut          the end of the connection while audio arrives
early        the end of the response while audio arrives
reset        the same, and the end of the stream
inside       the end of the response inside a frame
html         200 with a page of a proxy
hangs        no result
"""
import binascii
import json
import struct
import time

from botocore.eventstream import EventStreamBuffer, ParserError

from signatures import Chain, Refusal

CONTENT_TYPE = "application/vnd.amazon.eventstream"
LANGUAGES = {"en-US", "en-GB", "de-DE"}
# The shortest and the longest piece of audio, in bytes at 16,000 samples a second.
SHORTEST, LONGEST = 1_600, 6_400


class ExceptionFrame(Exception):
    """An exception in place of results: type, message."""


def frame(headers, payload):
    """A message; all headers are texts."""
    encoded = b"".join(
        bytes([len(name)]) + name.encode() + b"\x07" + struct.pack(">H", len(value)) + value.encode()
        for name, value in headers.items())
    prelude = struct.pack(">II", 16 + len(encoded) + len(payload), len(encoded))
    message = prelude + struct.pack(">I", binascii.crc32(prelude)) + encoded + payload
    return message + struct.pack(">I", binascii.crc32(message))


def event(results):
    headers = {":content-type": "application/json", ":event-type": "TranscriptEvent", ":message-type": "event"}
    return frame(headers, json.dumps({"Transcript": {"Results": results}}).encode())


def result(number, text, is_partial, language=None):
    value = {"ResultId": f"result-{number}", "StartTime": 0.0, "EndTime": 1.0, "IsPartial": is_partial,
             "Alternatives": [{"Transcript": text, "Items": []}]}
    return value | ({"LanguageCode": language} if language else {})


async def transcribe(stream, signed, region, fault, speech, is_paced):
    signed.check("transcribe")
    if fault == "throttled":
        raise Refusal(429, "LimitExceededException", "too many concurrent streams")
    if fault == "html":
        stream.start(200, [("content-type", "text/html")])
        return await stream.send(b"<html>Sign in</html>", end=True)
    languages, is_choice = check(stream)
    stream.start(200, [("content-type", CONTENT_TYPE), ("x-amzn-transcribe-sample-rate", "16000")])
    try:
        audio = await receive(stream, signed, region, fault, is_paced)
        if audio is None:
            return
        if fault == "refused":
            raise ExceptionFrame("BadRequestException", "Your stream is not what it says.")
        if fault == "overloaded":
            raise ExceptionFrame("ServiceUnavailableException", "Service is currently unavailable.")
        await answer(stream, region, fault, await speech.recognize(audio, [code[:2] for code in languages]), is_choice,
                     languages)
    except ExceptionFrame as error:
        kind, message = error.args
        region.facts["exception"] = message
        headers = {":content-type": "application/json", ":exception-type": kind, ":message-type": "exception"}
        await stream.send(frame(headers, json.dumps({"Message": message}).encode()), end=True)


def check(stream):
    """The languages that are named, and whether there is a choice."""
    prefix = "x-amzn-transcribe-"
    if stream.header("content-type") != CONTENT_TYPE or stream.header("x-amz-content-sha256") != (
            "STREAMING-AWS4-HMAC-SHA256-EVENTS"):
        raise Refusal(400, "BadRequestException", "not an event stream")
    if (stream.header(prefix + "media-encoding"), stream.header(prefix + "sample-rate")) != ("pcm", "16000"):
        raise Refusal(400, "BadRequestException", "not 16 kHz PCM")
    one, choice = stream.header(prefix + "language-code"), stream.header(prefix + "language-options")
    if bool(one) == bool(choice) or bool(choice) != (stream.header(prefix + "identify-language") == "true"):
        raise Refusal(400, "BadRequestException", "name a language, or identify one of several")
    languages = [one] if one else choice.split(",")
    if set(languages) - LANGUAGES or choice and len(languages) < 2:
        raise Refusal(400, "BadRequestException", "no such language")
    return languages, bool(choice)


async def receive(stream, signed, region, fault, is_paced):
    """The audio, once the end of the stream was received; None if the fault is that it is not."""
    chain, outer, audio, begin = Chain(signed), EventStreamBuffer(), b"", None
    pieces, is_ended = [], False
    region.facts["pieces"] = pieces
    async for bytes_ in stream.body():
        outer.add_data(bytes_)
        try:
            messages = list(outer)
        except ParserError as error:
            raise ExceptionFrame("BadRequestException", f"not a frame: {error}") from error
        for message in messages:
            if is_ended:
                raise ExceptionFrame("BadRequestException", "a frame after the end")
            if set(message.headers) != {":date", ":chunk-signature"} or not chain.check(
                    message.headers[":date"], message.headers[":chunk-signature"], message.payload):
                raise ExceptionFrame("BadRequestException", "The signature of an event does not match.")
            is_ended = not message.payload
            if is_ended:
                continue
            piece = inner(message.payload)
            begin = begin or time.monotonic()
            if is_paced and len(audio) / 32_000 > time.monotonic() - begin + 0.3:
                raise ExceptionFrame("BadRequestException", "Audio comes faster than it was spoken.")
            if pieces and not SHORTEST <= pieces[-1] <= LONGEST or len(piece) > LONGEST:
                raise ExceptionFrame("BadRequestException", "A piece of audio is too short or too long.")
            audio += piece
            pieces.append(len(piece))
            if len(pieces) % 4 == 0:
                await stream.send(event([result(0, "a word that is taken back", True)]))
            if fault == "cut" and len(pieces) == 5:
                stream.cut()
                return None
            if fault in ("early", "reset") and len(pieces) == 5:
                await stream.send(event([result(0, "half of it", False)]), end=True)
                if fault == "reset":
                    stream.reset()
                return None
    if not is_ended:
        raise ExceptionFrame("BadRequestException", "The stream has no end.")
    return audio


def inner(payload):
    """The audio of an event."""
    buffer = EventStreamBuffer()
    buffer.add_data(payload)
    messages = list(buffer)
    expected = {":message-type": "event", ":event-type": "AudioEvent", ":content-type": "application/octet-stream"}
    if len(messages) != 1 or messages[0].headers != expected or not messages[0].payload:
        raise ExceptionFrame("BadRequestException", "not an audio event")
    return messages[0].payload


async def answer(stream, region, fault, phrase, is_choice, languages):
    if fault == "hangs":
        return await region.released.wait()
    if not phrase:
        # Silence has no result; the partial one of before is taken back.
        return await stream.send(event([result(0, "", False)]), end=True)
    language = next(code for code in languages if code.startswith(phrase["language"])) if is_choice else None
    words = phrase["text"].split()
    half = len(words) // 2
    first, second = " ".join(words[:half]), " ".join(words[half:])
    if fault == "partial":
        return await stream.send(event([result(0, first, True, language)]), end=True)
    await stream.send(event([result(0, first, False, language), result(1, words[half], True, language)]))
    last = event([result(1, second, False, language)])
    if fault == "checksum":
        last = last[:-1] + bytes([last[-1] ^ 1])
    elif fault == "lengths":
        prelude = struct.pack(">II", 8, len(last))
        last = prelude + struct.pack(">I", binascii.crc32(prelude)) + last[12:]
    elif fault == "garbage":
        last = frame({":event-type": "TranscriptEvent", ":message-type": "event"}, b"{]")
    elif fault == "inside":
        last = last[:-3]
    await stream.send(last, end=True)
