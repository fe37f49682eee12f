import * as api from './api.js';
import { recall, recallKey, remember, rememberKey, userID } from './storage.js';

/** The user of the page, and the credentials for the server. */
export class Session {
  /** The way to authenticate: `password`, `provider`, `proxy`, `key`, `token` or `none`. */
  method = 'none';
  /** Whether the user is authenticated, or does not have to be. */
  isAuthenticated = false;
  /** The user ID to ask as. */
  user;
  /** The name of the authenticated user; undefined without authentication. */
  name;
  /** Where a proxy signs users out; undefined if it does not. */
  signOutURL;

  /** Whether the server takes questions by text message. */
  hasTextMessages = false;

  /** Asks the server who the user is. */
  async load() {
    const key = recallKey();
    // The browser sends a session's cookie itself.
    api.authenticateWith(key ? { authorization: `Bearer ${key}` } : {});
    const identity = await api.session();
    if (key && !['key', 'token'].includes(identity.sign_in)) {
      rememberKey(undefined);
      return this.load();
    }
    this.method = identity.sign_in;
    this.isAuthenticated = identity.is_known;
    this.hasTextMessages = identity.text_messages === true;
    if (identity.csrf_token) api.authenticateWith({ 'x-csrf-token': identity.csrf_token });
    if (!this.isAuthenticated) return rememberKey(undefined);
    // A program's key can act as any user, but cannot read the messages of one.
    if (!identity.user_id && !identity.is_admin) throw this.#refused('program_key');
    this.name = identity.name ?? identity.user_id;
    this.signOutURL = identity.sign_out_url;
    this.user = identity.user_id ?? userID();
    if (identity.user_id) remember('user', identity.user_id);
  }

  /** Assumes the last user of this browser while the server cannot be reached. */
  assumeLastUser() {
    [this.isAuthenticated, this.user] = [true, recall('user') ?? userID()];
  }

  /** Signs in with a user name and a password. */
  async signIn(username, password) {
    await api.login(username, password);
    await this.load();
    if (!this.isAuthenticated) throw this.#refused('cookie_refused');
  }

  /** Signs in with an API key or token, and keeps it if it is valid. */
  async signInWithKey(key) {
    rememberKey(key);
    try {
      await this.load();
    } catch (error) {
      rememberKey(undefined);
      throw error;
    }
    if (!this.isAuthenticated) throw this.#refused(`${this.method}_refused`, 401);
  }

  /** Leaves the page to sign in with the identity provider, which leads back to it. */
  leaveToSignIn() {
    // A proxy signs users in when they load a page.
    if (this.method === 'proxy') return location.reload();
    const { pathname, search, hash } = location;
    location.assign(`login/oidc?to=${encodeURIComponent(pathname + search + hash)}`);
  }

  /** Whether the user can sign out. */
  get canSignOut() {
    return this.method !== 'none' && (this.method !== 'proxy' || Boolean(this.signOutURL));
  }

  /** Signs out, here and on the server; returns the URL that signs out elsewhere, if there is one. */
  async signOut() {
    let url = this.signOutURL;
    if (['password', 'provider'].includes(this.method)) {
      url = await api.logout().catch((error) => {
        // The session has already ended.
        if (error.status !== 401) throw error;
      });
    }
    rememberKey(undefined);
    api.authenticateWith({});
    remember('user', undefined);
    [this.isAuthenticated, this.user, this.name] = [false, undefined, undefined];
    return url;
  }

  #refused(code, status) {
    this.isAuthenticated = false;
    return new api.Problem({ code, status });
  }
}
