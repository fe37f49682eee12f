"""An upstream that trickles its answers, and a caller who opens many streams at once, for scripts/bench."""

import argparse
import asyncio
import json
import re
import time

WORD = "leave "


def event(kind, **fields):
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **fields})}\n\n".encode()


def chunk(data):
    return b"%x\r\n%s\r\n" % (len(data), data)


def response(status, text):
    content = [{"type": "output_text", "text": text, "logprobs": [], "annotations": []}]
    message = {"id": "msg_b", "type": "message", "status": "completed", "role": "assistant",
               "phase": "final_answer", "content": content}
    return {"id": "resp_b", "object": "response", "created_at": 1795219200, "status": status, "model": "gpt-6-luna",
            "error": None, "incomplete_details": None, "output": [message] if text else [], "usage": None}


class Upstream(asyncio.Protocol):
    """Answers POST /v1/conversations at once, and POST /v1/responses word by word."""

    place = {"item_id": "msg_b", "output_index": 0, "content_index": 0}
    head = (b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
            + chunk(event("response.created", sequence_number=0, response=response("in_progress", ""))))
    word = chunk(event("response.output_text.delta", sequence_number=1, **place, delta=WORD, logprobs=[]))

    def __init__(self, tokens, interval):
        self.tokens, self.interval, self.received = tokens, interval, b""
        self.end = chunk(event("response.completed", sequence_number=2,
                               response=response("completed", WORD * tokens))) + b"0\r\n\r\n"

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.received += data
        while (border := self.received.find(b"\r\n\r\n")) >= 0:
            head = self.received[:border]
            length = re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)
            end = border + 4 + (int(length.group(1)) if length else 0)
            if len(self.received) < end:
                return
            self.received = self.received[end:]
            self.answer(head.split(b" ", 2)[1])

    def answer(self, path):
        if path.endswith(b"/responses"):
            self.transport.write(self.head)
            # The first word comes as late as a model's first word may.
            asyncio.get_running_loop().call_later(0.2, self.trickle, self.tokens)
        else:
            body = b'{"id":"conv_b","object":"conversation","created_at":1795219200,"metadata":{}}'
            self.transport.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"
                                 % (len(body), body))

    def trickle(self, left):
        if self.transport.is_closing():
            return
        if left == 0:
            return self.transport.write(self.end)
        self.transport.write(self.word)
        asyncio.get_running_loop().call_later(self.interval, self.trickle, left - 1)


class Caller(asyncio.Protocol):
    """Opens one stream and notes when its first word came and whether it ended as it should."""

    marks = {"chat": (b"event: delta", b"event: done"),
             "responses": (b"event: response.output_text.delta", b"event: response.completed")}
    bodies = {"chat": {"message": "How many days of leave?", "stream": True},
              "responses": {"model": "gpt-6-luna", "input": "How many days of leave?", "stream": True}}
    paths = {"chat": "/chat", "responses": "/v1/responses"}

    def __init__(self, dialect, number, tally):
        self.dialect, self.number, self.tally = dialect, number, tally
        self.first, self.last = self.marks[dialect]
        self.rest = b""

    def connection_made(self, transport):
        self.transport = transport
        self.begin = time.monotonic()
        fields = {"user_id": f"stream-{self.number}"} if self.dialect == "chat" else {}
        body = json.dumps({**self.bodies[self.dialect], **fields}).encode()
        transport.write(b"POST %s HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"
                        % (self.paths[self.dialect].encode(), len(body), body))

    def data_received(self, data):
        data = self.rest + data
        if self.first and self.first in data:
            self.first = None
            self.tally.first_word(time.monotonic() - self.begin)
        if self.last in data:
            self.tally.whole += 1
            self.transport.close()
        # A mark may be cut in two.
        self.rest = data[-40:]

    def connection_lost(self, _):
        self.tally.ended(had_words=self.first is None)


class Follower(asyncio.Protocol):
    """Follows a turn from its first event to its last."""

    def __init__(self, turn, tally):
        self.turn, self.tally, self.rest, self.has_words = turn, tally, b"", False

    def connection_made(self, transport):
        self.transport, self.begin = transport, time.monotonic()
        transport.write(b"GET /chat/%s/events HTTP/1.1\r\nhost: localhost\r\n\r\n" % self.turn)

    def data_received(self, data):
        data = self.rest + data
        if not self.has_words and b"event: delta" in data:
            self.has_words = True
            self.tally.first_word(time.monotonic() - self.begin)
        if b"event: done" in data:
            self.tally.whole += 1
            self.transport.close()
        self.rest = data[-40:]

    def connection_lost(self, _):
        self.tally.ended(had_words=self.has_words)


class Tally:
    def __init__(self, streams):
        self.left, self.open, self.most, self.whole, self.delays = streams, 0, 0, 0, []
        self.over = asyncio.get_running_loop().create_future()

    def first_word(self, delay):
        self.delays.append(delay)
        self.open += 1
        self.most = max(self.most, self.open)

    def ended(self, had_words):
        self.open -= had_words
        self.left -= 1
        if self.left == 0:
            self.over.set_result(None)

    def percentile(self, part):
        ordered = sorted(self.delays) or [float("nan")]
        return 1000 * ordered[min(int(part * len(ordered)), len(ordered) - 1)]


async def serve(options):
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Upstream(options.tokens, options.interval), "127.0.0.1", options.port,
                                      backlog=8192)
    await server.serve_forever()


async def load(options):
    loop = asyncio.get_running_loop()
    tally = Tally(options.streams)
    begin = loop.time()
    for number in range(options.streams):
        delay = begin + options.ramp * number / options.streams - loop.time()
        if delay > 0:
            await asyncio.sleep(delay)
        await loop.create_connection(lambda: Caller(options.dialect, number, tally), "127.0.0.1", options.port)
    await tally.over
    print(options.streams, tally.most, tally.whole, f"{tally.percentile(0.5):.0f} {tally.percentile(0.99):.0f}")


async def follow(options):
    """Asks one question at a server, and follows its turn many times at another."""
    reader, writer = await asyncio.open_connection("127.0.0.1", options.asked_port)
    body = json.dumps({"message": "How many days of leave?", "stream": True, "user_id": "followed"}).encode()
    writer.write(b"POST /chat HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"
                 % (len(body), body))
    head = await reader.readuntil(b"\r\n\r\n")
    turn = re.search(rb"x-turn-id: *(\S+)", head, re.IGNORECASE).group(1)
    tally = Tally(options.streams)
    for _ in range(options.streams):
        await asyncio.get_running_loop().create_connection(lambda: Follower(turn, tally), "127.0.0.1", options.port)
    await tally.over
    writer.close()
    print(options.streams, tally.most, tally.whole, f"{tally.percentile(0.5):.0f} {tally.percentile(0.99):.0f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parts = parser.add_subparsers(required=True)
    part = parts.add_parser("upstream")
    part.add_argument("--tokens", type=int, required=True)
    part.add_argument("--interval", type=float, required=True)
    part.set_defaults(run=serve)
    part = parts.add_parser("load")
    part.add_argument("--dialect", choices=sorted(Caller.marks), required=True)
    part.add_argument("--streams", type=int, required=True)
    part.add_argument("--ramp", type=float, required=True)
    part.set_defaults(run=load)
    part = parts.add_parser("follow")
    part.add_argument("--asked-port", type=int, required=True)
    part.add_argument("--streams", type=int, required=True)
    part.set_defaults(run=follow)
    for part in parts.choices.values():
        part.add_argument("--port", type=int, required=True)
    options = parser.parse_args()
    asyncio.run(options.run(options))


if __name__ == "__main__":
    main()
