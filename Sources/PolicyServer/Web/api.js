// The server's API, as the page uses it.

/** The server answered that it will not, or cannot. */
export class Problem extends Error {
  constructor(document, status, retryAfter) {
    super(document.detail ?? document.code ?? String(status));
    this.code = document.code ?? 'unknown';
    this.status = document.status ?? status;
    this.detail = document.detail;
    this.field = document.field;
    this.requestID = document.request_id;
    /** When the same may work, in milliseconds since 1970. */
    this.notBefore = retryAfter ? Date.now() + retryAfter * 1000 : undefined;
  }
}

/** No answer of the server arrived. */
export class Unreachable extends Error {}

let proof = {};
let onRefused = () => {};

/** Sends headers along with all requests from now on: they prove who asks. */
export function prove(headers) {
  proof = headers;
}

/** Calls a listener each time that the server no longer takes what proves who asks. */
export function whenRefused(listener) {
  onRefused = listener;
}

/** Returns who the server takes this for, and how one proves it. */
export async function session() {
  return (await call('GET', 'session')).json();
}

/** Begins a session, which the browser keeps as a cookie that no script reads. */
export async function login(username, password) {
  await call('POST', 'login', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
}

/** Ends the session. */
export async function logout() {
  await call('POST', 'logout');
}

/** Asks a question; the answer streams. A question sent again with the same key is answered once. */
export function ask({ user, message, key }, signal) {
  return call('POST', 'chat', {
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', 'idempotency-key': key },
    body: JSON.stringify({ user_id: user, message, stream: true }),
    signal,
  });
}

/** Streams an answer once more, from the event after one on. */
export function follow(turn, lastEventID, signal) {
  return call('GET', `chat/${encodeURIComponent(turn)}/events`, {
    headers: { accept: 'text/event-stream', 'last-event-id': String(lastEventID) },
    signal,
  });
}

/** Ends a turn whose answer is no longer wanted. */
export async function endTurn(turn) {
  await call('DELETE', `chat/${encodeURIComponent(turn)}`);
}

/** Returns what was said in the user's thread; nothing where there is none. */
export async function messages(user) {
  try {
    const response = await call('GET', `threads/${encodeURIComponent(user)}/messages`);
    return (await response.json()).messages;
  } catch (error) {
    if (error.code === 'thread_not_found') return [];
    throw error;
  }
}

/** Forgets the user's thread. */
export async function forget(user) {
  try {
    await call('DELETE', `threads/${encodeURIComponent(user)}`);
  } catch (error) {
    if (error.code !== 'thread_not_found') throw error;
  }
}

/** Returns what some documents are about. */
export async function topics() {
  return (await (await call('GET', 'topics')).json()).topics;
}

/** Returns the text of a document, with its tables drawn and form feeds between pages where that can be told. */
export async function documentText(fileID) {
  const headers = { accept: 'text/markdown, text/plain' };
  return await (await call('GET', `files/${encodeURIComponent(fileID)}/content`, { headers })).text();
}

async function call(method, path, { headers, body, signal } = {}) {
  let response;
  try {
    response = await fetch(path, { method, headers: { ...proof, ...headers }, body, signal });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Unreachable();
  }
  if (response.ok) return response;
  const document = await response.json().catch(() => undefined);
  // What stands before a server that is starting says so in its own words.
  if (!document && [502, 503, 504].includes(response.status)) throw new Unreachable();
  const problem = new Problem(document ?? {}, response.status, Number(response.headers.get('retry-after')));
  if (!path.startsWith('log') && (problem.status === 401 || problem.code === 'csrf_token_invalid')) onRefused();
  throw problem;
}
