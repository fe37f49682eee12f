import * as api from './api.js';
import { recall, remember, userID } from './storage.js';

/** Where a key or token is until the tab is closed: nobody else's script runs here, and no other tab reads it. */
const keyPlace = 'policy-assistant:key';

/** Who uses the page, and what proves it to the server. */
export class Session {
  /** What proves who somebody is: `password`, `key` or `token`; `none` where nothing has to. */
  way = 'none';
  /** Whether the server knows who it is, or need not. */
  isKnown = false;
  /** The user to ask as. */
  user;
  /** The name of somebody who has signed in. */
  name;

  /** Learns from the server who this is. */
  async load() {
    const key = keptKey();
    // A session's cookie goes along by itself.
    api.prove(key ? { authorization: `Bearer ${key}` } : {});
    let told = await api.session();
    if (key && ['none', 'password'].includes(told.sign_in)) {
      keepKey(undefined);
      return this.load();
    }
    this.way = told.sign_in;
    this.isKnown = told.is_known;
    if (told.csrf_token) api.prove({ 'x-csrf-token': told.csrf_token });
    // What opens nothing is not kept.
    if (!this.isKnown) return keepKey(undefined);
    // A program's key acts as anybody, but shows nobody what was said.
    if (!told.user_id && !told.is_admin) throw this.#refused('program_key');
    this.name = told.user_id;
    this.user = told.user_id ?? userID();
    if (told.user_id) remember('user', told.user_id);
  }

  /** Goes by what the browser remembers, while the server does not tell. */
  assume() {
    [this.isKnown, this.user] = [true, recall('user') ?? userID()];
  }

  /** Signs in with a name and a password. */
  async signIn(name, password) {
    await api.login(name, password);
    await this.load();
    if (!this.isKnown) throw this.#refused('cookie_refused');
  }

  /** Shows a key or a token to the server, and keeps it if it is good. */
  async present(key) {
    keepKey(key);
    try {
      await this.load();
    } catch (error) {
      keepKey(undefined);
      throw error;
    }
    if (!this.isKnown) throw this.#refused(`${this.way}_refused`, 401);
  }

  /** Leaves nothing behind, here and on the server. */
  async signOut() {
    if (this.way === 'password') {
      await api.logout().catch((error) => {
        // It had ended before.
        if (error.status !== 401) throw error;
      });
    }
    keepKey(undefined);
    api.prove({});
    remember('user', undefined);
    [this.isKnown, this.user, this.name] = [false, undefined, undefined];
  }

  #refused(code, status) {
    this.isKnown = false;
    return new api.Problem({ code, status });
  }
}

function keptKey() {
  try {
    return sessionStorage.getItem(keyPlace) ?? undefined;
  } catch {
    return undefined;
  }
}

function keepKey(key) {
  try {
    if (key === undefined) sessionStorage.removeItem(keyPlace);
    else sessionStorage.setItem(keyPlace, key);
  } catch {
    // Without storage there is nothing to forget, and a reload asks again.
  }
}
