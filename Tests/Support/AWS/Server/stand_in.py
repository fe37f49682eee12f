#!/usr/bin/env python3
"""A stand-in for Amazon Polly and Amazon Transcribe's streaming API, over HTTP/2 with TLS.

    stand_in.py --certificate FILE --key FILE --phrases FILE [--port N] [--pace]

It prints "listening on port N" when it is ready. Every request has to be signed with the access key below; botocore's signer
recomputes the signature, and the chain of an event stream is recomputed here. Speech is made by espeak-ng and ffmpeg. A
recording is recognized as the phrase of the file (a JSON list of {"text", "language"}) whose speech it sounds like.

With --pace, audio must not come faster than it was spoken.

The region in the signature's scope names the fault: "cut-once-1" is the region in which the connection breaks once. See
polly.py and transcribe.py. GET /report?REGION says what has happened in a region, as JSON; POST /release?REGION lets one go on
that waits.
"""
import argparse
import asyncio
import collections
import datetime
import email.utils
import json
import ssl
import urllib.parse

import h2.config
import h2.connection
import h2.errors
import h2.events
import h2.exceptions

import polly
import signatures
import transcribe
import voices


class Region:
    """What has happened in a region."""

    def __init__(self):
        self.attempts = collections.Counter()
        self.facts = {}
        self.released = asyncio.Event()


class Stream:
    """A request and its response."""

    def __init__(self, connection, number, headers):
        self.connection, self.number = connection, number
        self.headers = [(name.decode(), value.decode()) for name, value in headers]
        self.method, self.path = self.header(":method"), self.header(":path")
        self.received = asyncio.Queue()
        self.window = asyncio.Event()
        self.task = asyncio.create_task(self.run())

    def header(self, name):
        return next((value for key, value in self.headers if key == name), None)

    async def body(self):
        """The pieces of the request's body as they arrive."""
        while (piece := await self.received.get()) is not None:
            yield piece

    async def run(self):
        try:
            await self.connection.server.answer(self)
        except signatures.Refusal as refusal:
            status, kind, message = refusal.args
            await self.refuse(status, kind, message)
        except (h2.exceptions.ProtocolError, ConnectionError):
            pass

    async def refuse(self, status, kind, message, clock_offset=0):
        body = json.dumps({"message": message}).encode()
        self.start(status, [("x-amzn-errortype", f"{kind}:http://internal.amazon.com/coral/"),
                            ("content-type", "application/x-amz-json-1.1")], clock_offset)
        await self.send(body, end=True)

    def start(self, status, headers=(), clock_offset=0):
        date = email.utils.format_datetime(
            datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=clock_offset), usegmt=True)
        self.connection.h2.send_headers(self.number, [
            (":status", str(status)), ("date", date), ("x-amzn-requestid", f"request-{self.number}"), *headers])
        self.connection.flush()

    async def send(self, data, end=False):
        while data:
            room = min(self.connection.h2.local_flow_control_window(self.number), 16_384)
            if room <= 0:
                self.window.clear()
                await self.window.wait()
                continue
            self.connection.h2.send_data(self.number, data[:room])
            self.connection.flush()
            data = data[room:]
        if end:
            self.connection.h2.end_stream(self.number)
            self.connection.flush()

    def reset(self):
        """Ends the stream without an error, as RFC 9113 has it for a response before the request's end."""
        self.connection.h2.reset_stream(self.number, h2.errors.ErrorCodes.NO_ERROR)
        self.connection.flush()

    def cut(self):
        """Breaks the connection off, after what was sent."""
        self.connection.transport.close()


class Connection(asyncio.Protocol):
    """A client's connection, whose streams are requests."""

    count = 0

    def __init__(self, server):
        self.server = server
        self.h2 = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        self.streams = {}
        Connection.count += 1
        self.number = Connection.count

    def connection_made(self, transport):
        self.transport = transport
        self.h2.initiate_connection()
        self.flush()

    def data_received(self, data):
        try:
            events = self.h2.receive_data(data)
        except h2.exceptions.ProtocolError:
            self.flush()
            self.transport.close()
            return
        for event in events:
            self.handle(event)
        self.flush()

    def handle(self, event):
        stream = self.streams.get(getattr(event, "stream_id", None))
        if isinstance(event, h2.events.RequestReceived):
            self.streams[event.stream_id] = Stream(self, event.stream_id, event.headers)
        elif isinstance(event, h2.events.DataReceived):
            self.h2.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
            if stream:
                stream.received.put_nowait(event.data)
        elif isinstance(event, h2.events.StreamEnded) and stream:
            stream.received.put_nowait(None)
        elif isinstance(event, h2.events.StreamReset) and stream:
            self.end(stream)
        elif isinstance(event, h2.events.WindowUpdated):
            for stream in self.streams.values():
                stream.window.set()

    def end(self, stream):
        """The client has gone away."""
        if not stream.task.done():
            self.server.abandoned += 1
            stream.task.cancel()

    def connection_lost(self, error):
        for stream in self.streams.values():
            self.end(stream)

    def flush(self):
        if data := self.h2.data_to_send():
            self.transport.write(data)


class Server:
    """The services, by the paths of requests."""

    def __init__(self, speech, is_paced):
        self.speech, self.is_paced = speech, is_paced
        self.regions = collections.defaultdict(Region)
        # The requests whose client went away before their response was complete.
        self.abandoned = 0

    async def answer(self, stream):
        path, _, query = stream.path.partition("?")
        if path == "/report":
            region = self.regions[query]
            report = dict(region.facts, attempts=dict(region.attempts), abandoned=self.abandoned)
            stream.start(200, [("content-type", "application/json")])
            return await stream.send(json.dumps(report).encode(), end=True)
        if path == "/release":
            self.regions[query].released.set()
            stream.start(200)
            return await stream.send(b"", end=True)
        signed = signatures.SignedRequest(stream.method, stream.header(":authority"), stream.path, stream.headers)
        region = self.regions[signed.region]
        attempt = region.attempts[path] = region.attempts[path] + 1
        fault = signed.region.rsplit("-", 1)[0]
        if fault.endswith("-once"):
            fault = fault.removesuffix("-once") if attempt == 1 else ""
        region.facts.setdefault("connections", []).append(stream.connection.number)
        parameters = dict(urllib.parse.parse_qsl(query))
        if path == "/v1/speech" and stream.method == "POST":
            await polly.speak(stream, signed, region, fault, self.speech)
        elif path == "/v1/voices" and stream.method == "GET":
            await polly.list_voices(stream, signed, parameters)
        elif path == "/stream-transcription" and stream.method == "POST":
            await transcribe.transcribe(stream, signed, region, fault, self.speech, self.is_paced)
        else:
            raise signatures.Refusal(404, "UnknownOperationException", "no such operation")


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--certificate", required=True)
    parser.add_argument("--key", required=True)
    parser.add_argument("--phrases", required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--pace", action="store_true")
    words = parser.parse_args()
    with open(words.phrases, encoding="utf-8") as file:
        phrases = json.load(file)
    server = Server(voices.Speech(phrases), words.pace)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(words.certificate, words.key)
    tls.set_alpn_protocols(["h2"])
    listener = await asyncio.get_running_loop().create_server(
        lambda: Connection(server), "127.0.0.1", words.port, ssl=tls)
    print(f"listening on port {listener.sockets[0].getsockname()[1]}", flush=True)
    await listener.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
