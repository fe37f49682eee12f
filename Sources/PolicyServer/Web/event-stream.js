import { Unreachable } from './api.js';

/** How long a stream may be silent, in milliseconds; the server sends a heartbeat every fifteen seconds. */
const silenceTimeout = 45_000;

/** Yields the server-sent events of a response: `{ id, name, data }` with the parsed JSON of the data. */
export async function* eventsOf(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  // The chunks of an incomplete event, which are joined only once.
  let rest = [];
  try {
    while (true) {
      const { done, value } = await withTimeout(silenceTimeout, reader.read());
      if (done) return;
      const isIncomplete = !((rest.at(-1)?.at(-1) ?? '') + value).includes('\n\n');
      rest.push(value);
      if (isIncomplete) continue;
      const blocks = rest.join('').split('\n\n');
      rest = [blocks.pop()];
      for (const block of blocks) {
        const event = parse(block);
        if (event) yield event;
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function parse(block) {
  const fields = {};
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) fields[line.slice(0, colon)] = line.slice(colon + 1).replace(/^ /, '');
  }
  return fields.data && { id: Number(fields.id), name: fields.event, data: JSON.parse(fields.data) };
}

async function withTimeout(milliseconds, promise) {
  let timer;
  const timeout = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Unreachable()), milliseconds);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
