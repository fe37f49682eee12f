"""Sends a hundred questions a second, evenly spaced, and prints the median and 99th percentile of their time in ms and
how many failed.

    paced.py URL [SECONDS]
"""

import asyncio
import json
import sys
import time
from urllib.parse import urlsplit

RATE = 100


async def ask(connections, url, number, times):
    begin = time.perf_counter()
    reader, writer = connections.pop() if connections else await asyncio.open_connection(url.hostname, url.port)
    body = json.dumps({"user_id": f"paced-{number % 500}", "message": "How many days of leave do I get?"}).encode()
    writer.write(b"POST %s HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"
                 % (url.path.encode(), len(body), body))
    head = await reader.readuntil(b"\r\n\r\n")
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:-2])
    await reader.readexactly(int(fields[b"content-length"]))
    if head.split(b" ")[1] == b"200":
        times.append(1000 * (time.perf_counter() - begin))
    connections.append((reader, writer))


async def main():
    url, seconds = urlsplit(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10
    connections, times, tasks = [], [], []
    warm_up = RATE
    begin = time.perf_counter()
    for number in range(warm_up + RATE * seconds):
        delay = begin + number / RATE - time.perf_counter()
        if delay > 0:
            await asyncio.sleep(delay)
        tasks.append(asyncio.create_task(ask(connections, url, number, times if number >= warm_up else [])))
    await asyncio.gather(*tasks, return_exceptions=True)
    times.sort()
    middle, tail = (times[int(part * len(times))] for part in (0.5, 0.99)) if times else (float("nan"), float("nan"))
    print(f"{middle:.2f} {tail:.2f} {RATE * seconds - len(times)}")


if __name__ == "__main__":
    asyncio.run(main())
