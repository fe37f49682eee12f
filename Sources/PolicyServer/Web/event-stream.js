import { Unreachable } from './api.js';

/** How long a stream may be silent: the server shows a sign of life every fifteen seconds. */
const longestSilence = 45_000;

/** Reads the server-sent events of a response as they come: `{ id, name, data }`, the data as JSON. */
export async function* eventsOf(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  // What has come of an event, in pieces: a large one comes in many, and is read once.
  let rest = [];
  try {
    while (true) {
      const { done, value } = await within(longestSilence, reader.read());
      if (done) return;
      const isOpen = !((rest.at(-1)?.at(-1) ?? '') + value).includes('\n\n');
      rest.push(value);
      if (isOpen) continue;
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

async function within(milliseconds, promise) {
  let timer;
  const silence = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Unreachable()), milliseconds);
  });
  try {
    return await Promise.race([promise, silence]);
  } finally {
    clearTimeout(timer);
  }
}
