"""Asks a number of questions, each of another user, over eight connections that stay open, one after another on each.

    questions.py URL COUNT

Fails unless every question is answered.
"""

import asyncio
import json
import sys
from urllib.parse import urlsplit

CONNECTIONS = 8


async def ask(reader, writer, url, number):
    body = json.dumps({"user_id": f"counted-{number}", "message": "How many days of paid annual leave do I get?"}).encode()
    writer.write(b"POST %s HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"
                 % (url.path.encode(), len(body), body))
    head = await reader.readuntil(b"\r\n\r\n")
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:-2])
    answer = await reader.readexactly(int(fields[b"content-length"]))
    if head.split(b" ")[1] != b"200":
        sys.exit(f"questions.py: {head.decode()}{answer.decode()}")


async def connect(url, numbers):
    reader, writer = await asyncio.open_connection(url.hostname, url.port)
    for number in numbers:
        await ask(reader, writer, url, number)
    writer.close()


async def main():
    url, count = urlsplit(sys.argv[1]), int(sys.argv[2])
    await asyncio.gather(*(connect(url, range(first, count, CONNECTIONS)) for first in range(CONNECTIONS)))


if __name__ == "__main__":
    asyncio.run(main())
