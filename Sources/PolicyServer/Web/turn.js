import { ask, endTurn, follow, Problem, Unreachable } from './api.js';
import { eventsOf } from './event-stream.js';
import { randomWord } from './storage.js';

/** How long a question is pursued without a sign of the server, in milliseconds. */
const patience = 120_000;
const firstPause = 500;
const longestPause = 8_000;

/** The server that was answering is gone; asking again with the same key begins anew, or finds the answer. */
const endsWithItsServer = new Set(['turn_lost', 'turn_not_found', 'shutting_down']);

/** A question on its way to its answer, through lost connections, restarts of the server and reloads of the page. */
export class Turn {
  #aborter = new AbortController();
  #lastSign = Date.now();
  #pause = firstPause;
  #isStopped = false;

  /** Takes a question up, a new one or one that was noted before a reload. */
  constructor({ user, message, key = randomWord(), id, askedAt = Date.now() }) {
    Object.assign(this, { user, message, key, id, askedAt });
    this.lastEventID = 0;
  }

  /** What is noted of the turn, so that it can be taken up after a reload. */
  get note() {
    return { user: this.user, message: this.message, key: this.key, id: this.id, askedAt: this.askedAt };
  }

  /**
   * Brings the answer: the server's events, `restart` where all that was told is void, `begun` once the turn's name is
   * known, and `lost` while the connection is.
   */
  async *events() {
    while (!this.#isStopped) {
      try {
        yield* this.#attempt();
        return;
      } catch (error) {
        if (this.#isStopped) return;
        if (error instanceof Problem) {
          if (!endsWithItsServer.has(error.code)) throw error;
          [this.id, this.lastEventID] = [undefined, 0];
          yield { name: 'restart' };
        }
        if (Date.now() - this.#lastSign > patience) throw error;
      }
      yield { name: 'lost' };
      await this.#rest();
    }
  }

  /** Ends the turn, here and on the server. */
  async stop() {
    this.#isStopped = true;
    // Before the server has named the turn there is nothing to end it by; then the answer's beginning is waited for.
    if (!this.id) return;
    this.#aborter.abort();
    await endTurn(this.id).catch(() => {});
  }

  async *#attempt() {
    const { signal } = this.#aborter;
    const response = this.id ? await follow(this.id, this.lastEventID, signal) : await ask(this, signal);
    this.#signOfLife();
    this.id ??= response.headers.get('x-turn-id');
    if (this.#isStopped) return await this.stop();
    yield { name: 'begun' };
    for await (const event of eventsOf(response)) {
      if (this.#isStopped) return;
      this.#signOfLife();
      this.lastEventID = event.id;
      if (event.name === 'error') throw new Problem(event.data);
      yield event;
      if (event.name === 'done') return;
    }
    throw new Unreachable();
  }

  #signOfLife() {
    this.#lastSign = Date.now();
    this.#pause = firstPause;
  }

  /** Waits a while, longer each time, but no longer than until the browser is online again. */
  #rest() {
    const pause = this.#pause * (0.75 + Math.random() / 2);
    this.#pause = Math.min(this.#pause * 2, longestPause);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pause);
      addEventListener('online', () => { clearTimeout(timer); resolve(); }, { once: true });
    });
  }
}
