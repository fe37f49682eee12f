import { ask, cancelTurn, follow, Problem, Unreachable } from './api.js';
import { eventsOf } from './event-stream.js';
import { randomID } from './storage.js';

/** How long reconnecting is tried without any response of the server, in milliseconds. */
const reconnectTimeout = 120_000;
const minimumDelay = 500;
const maximumDelay = 8_000;

/** The codes of a turn whose server is gone: asking again with the same key restarts the turn, or finds its answer. */
const restartableCodes = new Set(['turn_lost', 'turn_not_found', 'shutting_down']);

/** A question and the stream of its answer, which survives lost connections, restarts of the server and reloads. */
export class Turn {
  #aborter = new AbortController();
  #lastActivity = Date.now();
  #delay = minimumDelay;
  #isStopped = false;

  /** Creates a new turn, one from a record, or one with an ID whose answer `isHeard` as well. */
  constructor({ user, message, role, params, key = randomID(), id, askedAt = Date.now(), isHeard = false }) {
    Object.assign(this, { user, message, role, params, key, id, askedAt, isHeard });
    this.lastEventID = 0;
  }

  /** The record from which the turn can be continued after a reload. */
  get record() {
    const { user, message, role, params, key, id, askedAt } = this;
    return { user, message, role, params, key, id, askedAt };
  }

  /**
   * Yields the events of the server, and three of its own: `connected` when the turn has an ID, `disconnected` while the
   * connection is lost, and `restarted` when the text and the citations so far are void.
   */
  async *events() {
    while (!this.#isStopped) {
      try {
        yield* this.#attempt();
        return;
      } catch (error) {
        if (this.#isStopped) return;
        if (error instanceof Problem) {
          if (!restartableCodes.has(error.code)) throw error;
          if (this.isHeard) return;
          [this.id, this.lastEventID] = [undefined, 0];
          yield { name: 'restarted' };
        }
        if (Date.now() - this.#lastActivity > reconnectTimeout) throw error;
      }
      yield { name: 'disconnected' };
      await this.#wait();
    }
  }

  /** Stops the turn, here and on the server. */
  async stop() {
    this.#isStopped = true;
    // Without an ID it cannot be cancelled yet: `#attempt` calls this again when the server has responded.
    if (!this.id) return;
    this.#aborter.abort();
    await cancelTurn(this.id).catch(() => {});
  }

  /** Follows the turn no longer, which goes on. */
  leave() {
    this.#isStopped = true;
    this.#aborter.abort();
  }

  async *#attempt() {
    const { signal } = this.#aborter;
    const response = this.id ? await follow(this, signal) : await ask(this, signal);
    this.#recordActivity();
    this.id ??= response.headers.get('x-turn-id');
    if (this.#isStopped) return await this.stop();
    yield { name: 'connected' };
    for await (const event of eventsOf(response)) {
      if (this.#isStopped) return;
      this.#recordActivity();
      if (event.name === 'audio') this.lastEventID = event.data.event - 1;
      else if (!this.isHeard) this.lastEventID = event.id;
      if (event.name === 'error') {
        // Who hears the answer also reads it, and is told there.
        if (this.isHeard) return;
        throw new Problem(event.data);
      }
      yield event;
      if (event.name === 'done') return;
    }
    throw new Unreachable();
  }

  #recordActivity() {
    this.#lastActivity = Date.now();
    this.#delay = minimumDelay;
  }

  /** Waits with exponential backoff, or until the browser is online again. */
  #wait() {
    const delay = this.#delay * (0.75 + Math.random() / 2);
    this.#delay = Math.min(this.#delay * 2, maximumDelay);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, delay);
      addEventListener('online', () => { clearTimeout(timer); resolve(); }, { once: true });
    });
  }
}
