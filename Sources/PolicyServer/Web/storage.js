// What the browser remembers. Without storage, as in some private windows, the page works and forgets.

const prefix = 'policy-assistant:';

export function recall(key) {
  try {
    return JSON.parse(localStorage.getItem(prefix + key)) ?? undefined;
  } catch {
    return undefined;
  }
}

export function remember(key, value) {
  try {
    if (value === undefined) localStorage.removeItem(prefix + key);
    else localStorage.setItem(prefix + key, JSON.stringify(value));
  } catch {
    // The page goes on without.
  }
}

/** Calls a listener each time that another tab changes what is remembered. */
export function whenChanged(key, listener) {
  addEventListener('storage', (event) => {
    if (event.key === prefix + key) listener();
  });
}

/** Makes a word that nobody guesses. */
export function randomWord() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Returns the name by which the server knows this browser: made once, and kept. */
export function userID() {
  const known = recall('user');
  if (typeof known === 'string') return known;
  const made = `web-${randomWord()}`;
  remember('user', made);
  return made;
}
