// The browser's storage. Without it, as in some private windows, the page works and remembers nothing.

const prefix = 'policy-assistant:';

/** Returns a value that all tabs share; undefined if there is none. */
export function recall(key) {
  return attempt(() => JSON.parse(localStorage.getItem(prefix + key)));
}

/** Stores a value that all tabs share; undefined removes it. */
export function remember(key, value) {
  attempt(() => store(localStorage, key, value === undefined ? undefined : JSON.stringify(value)));
}

/** Returns the API key or token of this tab; undefined if there is none. */
export function recallKey() {
  return attempt(() => sessionStorage.getItem(`${prefix}key`));
}

/** Stores an API key or token until the tab is closed, invisible to other tabs; undefined removes it. */
export function rememberKey(value) {
  attempt(() => store(sessionStorage, 'key', value));
}

/** Returns the question that was typed before this tab left to sign in, once; undefined if there is none. */
export function takeDraft() {
  const draft = attempt(() => sessionStorage.getItem(`${prefix}draft`));
  attempt(() => store(sessionStorage, 'draft', undefined));
  return draft;
}

/** Stores a question until this tab comes back from the sign-in. */
export function keepDraft(question) {
  attempt(() => store(sessionStorage, 'draft', question || undefined));
}

/** Calls a listener each time that another tab changes a value. */
export function whenChanged(key, listener) {
  addEventListener('storage', (event) => {
    if (event.key === prefix + key) listener();
  });
}

/** Returns an ID that nobody can guess. */
export function randomID() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Returns this browser's user ID, which is created once. */
export function userID() {
  const known = recall('user');
  if (typeof known === 'string') return known;
  const created = `web-${randomID()}`;
  remember('user', created);
  return created;
}

function store(storage, key, value) {
  if (value === undefined) storage.removeItem(prefix + key);
  else storage.setItem(prefix + key, value);
}

function attempt(access) {
  try {
    return access() ?? undefined;
  } catch {
    return undefined;
  }
}
