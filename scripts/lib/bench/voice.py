"""An upstream that pauses between two sentences, and callers who ask it aloud, for scripts/bench."""

import argparse
import asyncio
import json
import statistics
import time

from streams import chunk, event, response

SENTENCES = ["You get twenty seven days of annual leave. ", "Five of them may be carried over. "]
# How long the upstream pauses after the first sentence, in seconds: nothing of the second is there meanwhile.
PAUSE = 2


async def answer(reader, writer):
    """Answers one connection's requests, as streams.Upstream does, with two sentences."""
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            length = next((int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.startswith(b"content-length")), 0)
            await reader.readexactly(length)
            if not head.split(b" ", 2)[1].endswith(b"/responses"):
                body = b'{"id":"conv_b","object":"conversation","created_at":1795219200,"metadata":{}}'
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"
                             % (len(body), body))
                continue
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n")
            writer.write(chunk(event("response.created", sequence_number=0, response=response("in_progress", ""))))
            for number, sentence in enumerate(SENTENCES, 1):
                writer.write(chunk(event("response.output_text.delta", sequence_number=number, item_id="msg_b",
                                         output_index=0, content_index=0, delta=sentence, logprobs=[])))
                await writer.drain()
                await asyncio.sleep(PAUSE if number == 1 else 0)
            writer.write(chunk(event("response.completed", sequence_number=9,
                                     response=response("completed", "".join(SENTENCES)))) + b"0\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def serve(options):
    server = await asyncio.start_server(answer, "127.0.0.1", options.port)
    await server.serve_forever()


async def ask(port, recording, caller):
    """Asks aloud, and returns the seconds to the words, to the first sentence and to its sound, and whether all came."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 24)
    begin = time.monotonic()
    writer.write(b"POST /voice/ask?user_id=caller-%d HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\n"
                 b"content-type: audio/wav\r\ncontent-length: %d\r\n\r\n" % (caller, len(recording)) + recording)
    times, sentences, name = {}, [], b""
    async for line in reader:
        if line.startswith(b"event: "):
            name = line[7:].strip()
            times.setdefault(name, time.monotonic() - begin)
        if line.startswith(b"data: ") and name == b"audio":
            sentences.append(json.loads(line[6:])["text"])
        if line.startswith(b"data: ") and name in (b"done", b"error"):
            break
    writer.close()
    is_whole = b"done" in times and sentences[:2] == [sentence.strip() for sentence in SENTENCES]
    return times.get(b"transcript"), times.get(b"delta"), times.get(b"audio"), is_whole


async def call(options):
    """Prints: whole; median and greatest of: words, sound after the sentence, sound after the recording, in ms."""
    with open(options.recording, "rb") as file:
        recording = file.read()
    found = []
    for _ in range(options.rounds):
        found += await asyncio.gather(*(ask(options.port, recording, number) for number in range(options.callers)))
    whole = [times for *times, is_whole in found if is_whole]
    columns = [[words for words, _, _ in whole], [sound - sentence for _, sentence, sound in whole],
               [sound for _, _, sound in whole]]
    figures = [f"{1000 * figure:.0f}" for column in columns for figure in (statistics.median(column), max(column))] if whole else []
    print(f"{len(whole)}/{len(found)}", *(figures or ["-"] * 6))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parts = parser.add_subparsers(required=True)
    parts.add_parser("upstream").set_defaults(run=serve)
    part = parts.add_parser("call")
    part.add_argument("--recording", required=True)
    part.add_argument("--callers", type=int, required=True)
    part.add_argument("--rounds", type=int, default=1)
    part.set_defaults(run=call)
    for part in parts.choices.values():
        part.add_argument("--port", type=int, required=True)
    options = parser.parse_args()
    asyncio.run(options.run(options))


if __name__ == "__main__":
    main()
