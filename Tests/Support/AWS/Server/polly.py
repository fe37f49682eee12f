"""Polly's operations, and their faults:

throttled    400 with ThrottlingException, as Polly has it
broken       500 with ServiceFailureException
skewed       the service's clock is an hour ahead
cut          half of the audio, then the end of the connection
slow         half of the audio, then the rest when it is released
empty        200 without audio
html         200 with a page of a proxy
hangs        no answer
"""
import json

import botocore.loaders
import botocore.model
import botocore.validate

from signatures import Refusal

SERVICE = botocore.model.ServiceModel(botocore.loaders.Loader().load_service_model("polly", "service-2"), "polly")
CONTENT_TYPES = {"mp3": "audio/mpeg", "ogg_vorbis": "audio/ogg", "ogg_opus": "audio/ogg", "pcm": "audio/pcm"}
RATES = {"mp3": {"8000", "16000", "22050", "24000", "44100", "48000"}, "pcm": {"8000", "16000"}, "ogg_opus": {"48000"}}
RATES["ogg_vorbis"] = RATES["mp3"]
VOICES = {"Joanna": "en-US", "Matthew": "en-US", "Amy": "en-GB", "Vicki": "de-DE", "Daniel": "de-DE"}
AHEAD = 3600


async def speak(stream, signed, region, fault, speech):
    body = b"".join([piece async for piece in stream.body()])
    offset = AHEAD if fault == "skewed" else 0
    try:
        signed.check("polly", body, offset)
    except Refusal as refusal:
        return await stream.refuse(*refusal.args, clock_offset=offset)
    if fault == "throttled":
        raise Refusal(400, "ThrottlingException", "Rate exceeded")
    if fault == "broken":
        raise Refusal(500, "ServiceFailureException", "An unknown condition has caused a service failure.")
    if fault == "hangs":
        return await region.released.wait()
    if fault == "html":
        stream.start(200, [("content-type", "text/html")])
        return await stream.send(b"<html>Sign in</html>", end=True)
    request = json.loads(body)
    check(request, stream)
    region.facts["request"] = {key: value for key, value in request.items() if key != "Text"}
    content_type = CONTENT_TYPES[request["OutputFormat"]]
    language = VOICES[request["VoiceId"]][:2]
    audio = await speech.speak(request["Text"], language, request["OutputFormat"], int(request["SampleRate"]))
    stream.start(200, [("content-type", content_type), ("x-amzn-requestcharacters", str(len(request["Text"])))])
    if fault == "empty":
        return await stream.send(b"", end=True)
    half = len(audio) // 2
    await stream.send(audio[:half])
    if fault == "cut":
        return stream.cut()
    if fault == "slow":
        await region.released.wait()
    await stream.send(audio[half:], end=True)


def check(request, stream):
    """Raises the refusal that Polly's own model asks for."""
    shape = SERVICE.operation_model("SynthesizeSpeech").input_shape
    report = botocore.validate.ParamValidator().validate(request, shape)
    if report.has_errors() or set(request) - set(shape.members) or stream.header("content-type") != "application/json":
        raise Refusal(400, "ValidationException", report.generate_report() or "unknown fields")
    for name, value in request.items():
        choices = getattr(shape.members[name], "enum", None)
        if choices and name != "VoiceId" and value not in choices:
            raise Refusal(400, "ValidationException", f"{name} is not one of its values")
    if request["VoiceId"] not in VOICES:
        raise Refusal(400, "ValidationException", "no such voice")
    if request["Engine"] == "long-form" and VOICES[request["VoiceId"]] != "en-US":
        raise Refusal(400, "EngineNotSupportedException", "This voice does not support the selected engine")
    if request["SampleRate"] not in RATES[request["OutputFormat"]]:
        raise Refusal(400, "InvalidSampleRateException", "no such sample rate")
    if len(request["Text"]) > 3000:
        raise Refusal(400, "TextLengthExceededException", "Maximum text length has been exceeded")


async def list_voices(stream, signed, parameters):
    """The voices, two a page."""
    signed.check("polly")
    if parameters.get("Engine") not in {"standard", "neural", "long-form", "generative"}:
        raise Refusal(400, "ValidationException", "no such engine")
    start = int(parameters.get("NextToken", "/+0").removeprefix("/+"))
    voices = [{"Id": name, "LanguageCode": language} for name, language in VOICES.items()]
    page = {"Voices": voices[start:start + 2]}
    if start + 2 < len(voices):
        # With characters that a query has to encode.
        page["NextToken"] = f"/+{start + 2}"
    stream.start(200, [("content-type", "application/json")])
    await stream.send(json.dumps(page).encode(), end=True)
