// The server's API, as the page uses it.

/** A problem document of the server (RFC 9457). */
export class Problem extends Error {
  constructor(document, status, retryAfter) {
    super(document.detail ?? document.code ?? String(status));
    this.code = document.code ?? 'unknown';
    this.status = document.status ?? status;
    this.detail = document.detail;
    this.field = document.field;
    this.requestID = document.request_id;
    /** When to retry, in milliseconds since 1970; undefined if the server does not say. */
    this.notBefore = retryAfter ? Date.now() + retryAfter * 1000 : undefined;
  }
}

/** The server cannot be reached. */
export class Unreachable extends Error {}

let credentials = {};
let onUnauthorized = () => {};

/** Sets the header fields that authenticate all further requests. */
export function authenticateWith(headers) {
  credentials = headers;
}

/** Sets the listener for requests that the server refuses because they are not authenticated. */
export function whenUnauthorized(listener) {
  onUnauthorized = listener;
}

/** Returns the caller's identity and the way to authenticate. */
export async function session() {
  return (await call('GET', 'session')).json();
}

/** Begins a session, which the browser keeps in a cookie that no script can read. */
export async function login(username, password) {
  await call('POST', 'login', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
    isSessionCall: true,
  });
}

/** Ends the session; returns the URL that ends it at the identity provider, too, if there is one. */
export async function logout() {
  const response = await call('POST', 'logout', { isSessionCall: true });
  return response.status === 204 ? undefined : (await response.json()).provider_url;
}

/** Returns a code that makes the phone the user's from which it is texted. */
export async function numberCode(user) {
  const reply = await call('POST', 'channels/sms/codes', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user_id: user }),
  });
  return reply.json();
}

/** Asks a question, and returns the stream of its answer. Sent again with the same key, it is answered once. */
export function ask({ user, message, key, role, params }, signal) {
  return call('POST', 'chat', {
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', 'idempotency-key': key },
    body: JSON.stringify({ user_id: user, message, stream: true, role, params }),
    signal,
  });
}

/** Returns the stream of a turn's events after one of them, those with its speech among them if it `isHeard`. */
export function follow({ id, lastEventID, isHeard }, signal) {
  return call('GET', `chat/${encodeURIComponent(id)}/events${isHeard ? '?audio=mp3' : ''}`, {
    headers: { accept: 'text/event-stream', 'last-event-id': String(lastEventID) },
    signal,
  });
}

/** Cancels a turn. */
export async function cancelTurn(turn) {
  await call('DELETE', `chat/${encodeURIComponent(turn)}`);
}

/** Returns the messages of a user's thread in a role; none if there is no thread. */
export async function messages(user, role) {
  try {
    const response = await call('GET', `threads/${encodeURIComponent(user)}/messages${query({ role })}`);
    return (await response.json()).messages;
  } catch (error) {
    if (error.code === 'thread_not_found') return [];
    throw error;
  }
}

/** Deletes a user's thread in a role. */
export async function endThread(user, role) {
  try {
    await call('DELETE', `threads/${encodeURIComponent(user)}/messages${query({ role })}`);
  } catch (error) {
    if (error.code !== 'thread_not_found') throw error;
  }
}

/** Returns the roles in which a user may ask, and whether the user `has_thread` without one. */
export async function roles(user) {
  return (await call('GET', `roles${query({ user_id: user })}`)).json();
}

/** Writes a role of the user's own. */
export async function saveRole(user, name, content) {
  await call('PUT', `roles/${encodeURIComponent(name)}${query({ user_id: user })}`, json({ text: content }));
}

/** Deletes a role of the user's own, with its thread. */
export async function deleteRole(user, name) {
  await call('DELETE', `roles/${encodeURIComponent(name)}${query({ user_id: user })}`);
}

/** Returns the models that questions may name, and their settings. */
export async function models() {
  return (await (await call('GET', 'models')).json()).models;
}

/** Returns what a user wants remembered. */
export async function remembered(user) {
  return (await (await call('GET', `threads/${encodeURIComponent(user)}/remembered`)).json()).messages;
}

/** Remembers a message of the thread in a role. */
export async function rememberMessage(user, { messageID, role }) {
  const path = `threads/${encodeURIComponent(user)}/remembered`;
  return (await call('POST', path, json({ message_id: messageID, role }))).json();
}

/** Forgets a remembered message. */
export async function forgetMessage(user, id) {
  await call('DELETE', `threads/${encodeURIComponent(user)}/remembered/${encodeURIComponent(id)}`);
}

/** Returns what speech is available. */
export async function voice() {
  return (await call('GET', 'voice')).json();
}

/** Returns the words of a recording; none if none were understood. */
export async function transcribe(recording, signal) {
  try {
    const headers = { 'content-type': recording.type };
    return (await (await call('POST', 'voice/transcriptions', { headers, body: recording, signal })).json()).text;
  } catch (error) {
    if (['no_speech', 'silent_audio'].includes(error.code)) return '';
    throw error;
  }
}

/** Returns the speech of a text. */
export async function speech(text, signal) {
  const headers = { 'content-type': 'application/json', accept: 'audio/mpeg' };
  return (await call('POST', 'voice/speech', { headers, body: JSON.stringify({ text }), signal })).blob();
}

/** Returns topics of the documents. */
export async function topics() {
  return (await (await call('GET', 'topics')).json()).topics;
}

/** Returns the text of a document, if possible with Markdown tables and form feeds between pages. */
export async function documentText(fileID) {
  const headers = { accept: 'text/markdown, text/plain' };
  return await (await call('GET', `files/${encodeURIComponent(fileID)}/content`, { headers })).text();
}

function json(value) {
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

/** Returns a query with those values that are set. */
function query(values) {
  const set = Object.entries(values).filter(([, value]) => value !== undefined);
  return set.length > 0 ? `?${new URLSearchParams(set)}` : '';
}

async function call(method, path, { headers, body, signal, isSessionCall = false } = {}) {
  let response;
  try {
    response = await fetch(path, { method, headers: { ...credentials, ...headers }, body, signal });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Unreachable();
  }
  if (response.ok) return response;
  const document = await response.json().catch(() => undefined);
  // The response of a proxy before a server that is starting.
  if (!document && [502, 503, 504].includes(response.status)) throw new Unreachable();
  const problem = new Problem(document ?? {}, response.status, Number(response.headers.get('retry-after')));
  if (!isSessionCall && (problem.status === 401 || problem.code === 'csrf_token_invalid')) onUnauthorized();
  throw problem;
}
