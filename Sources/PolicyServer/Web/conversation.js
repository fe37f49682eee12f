import * as api from './api.js';
import { randomID, recall, remember } from './storage.js';
import { Turn } from './turn.js';

/** How long a turn can be continued, in milliseconds: a little less than the server keeps it. */
const turnLifetime = 540_000;

/**
 * The messages of a user in a role, the last of which may be an incomplete answer.
 *
 * A message is `{ id, role, text, citations, state }`, and an answer has its `confidence`, who it was `writtenBy`, and the
 * `writingFailure` of a model, as far as they are known. The state is `coming` while an answer is streamed, `lost` while its
 * connection is, `done`, `stopped`, or `failed` with a `problem`. An answer that was streamed here has the ID of its `turn`.
 */
export class Conversation {
  messages = [];
  #user;
  #role;
  #turn;
  #onChange;
  /** The settings of the model of the last question. */
  #params;

  /**
   * Creates an empty conversation. `onChange` receives each new or changed message and, if only its text was continued,
   * the continuation.
   */
  constructor(onChange) {
    this.#onChange = onChange;
  }

  /** Sets the user and the role; the messages of another user or role are removed. */
  setUser(user, role) {
    if (user === this.#user && role === this.#role) return;
    [this.messages, this.#turn, this.#user, this.#role] = [[], undefined, user, role];
  }

  /** The role of the conversation; undefined for the default one. */
  get role() {
    return this.#role;
  }

  /** Removes the user and the messages from this browser, not from the server. */
  clear() {
    this.setUser(undefined);
    remember('conversation', undefined);
  }

  get isAnswering() {
    return this.#turn !== undefined;
  }

  /**
   * Loads the messages from the server or, if an answer is incomplete or the server cannot be reached, from this browser.
   *
   * Throws the error of the server, after the messages are loaded from this browser.
   */
  async restore() {
    const saved = recall('conversation');
    if (saved?.user === this.#user && saved.role !== this.#role) return this.load();
    // Without a saved conversation there is none on the server either: the user ID is new, or the thread was deleted.
    if (saved?.user !== this.#user || !Array.isArray(saved.messages)) return;
    if (saved.turn && Date.now() - saved.turn.askedAt < turnLifetime) {
      this.messages = saved.messages;
      this.#run(new Turn(saved.turn), reset(this.messages.at(-1)));
      return;
    }
    try {
      await this.load();
    } catch (error) {
      // Without access to the messages on the server there is none to those in this browser.
      if (!isAccessDenied(error)) this.messages = saved.messages;
      throw error;
    }
  }

  /** Loads the messages from the server. */
  async load() {
    const messages = await api.messages(this.#user, this.#role);
    this.messages = messages.map((message) => ({
      id: message.id, role: message.role, text: message.text, citations: message.citations, ...known(message), state: 'done',
    }));
    this.#save();
  }

  /** Asks a question with settings of the model; its answer is the last message. */
  ask(message, params) {
    if (this.isAnswering) return;
    const question = { role: 'user', text: message, citations: [], state: 'done' };
    const answer = { role: 'assistant', text: '', citations: [], state: 'coming' };
    this.messages.push(question, answer);
    this.#onChange(question);
    this.#params = params;
    this.#run(this.#newTurn(message, randomID()), answer);
  }

  /** Asks the last question again, if its answer was stopped or failed. */
  retry() {
    const answer = this.messages.at(-1);
    const question = this.messages.at(-2);
    if (this.isAnswering || !['failed', 'stopped'].includes(answer?.state)) return;
    this.#run(this.#newTurn(question.text, answer.key), reset(answer));
  }

  #newTurn(message, key) {
    return new Turn({ user: this.#user, message, role: this.#role, params: this.#params, key });
  }

  /** Asks the last question again, if it was refused because the user was not signed in. */
  retryUnauthorized() {
    if (this.messages.at(-1)?.problem?.status === 401) this.retry();
  }

  /** The last question, if it was refused because the user was not signed in. */
  get unauthorizedQuestion() {
    return this.messages.at(-1)?.problem?.status === 401 ? this.messages.at(-2)?.text : undefined;
  }

  /** Stops the answer, and waits until the server has received it. */
  async stop() {
    const turn = this.#turn;
    if (!turn) return;
    const answer = this.messages.at(-1);
    answer.state = 'stopped';
    // Asking again is a new question, which needs a new key.
    answer.key = undefined;
    this.#turn = undefined;
    this.#change(answer);
    await turn.stop();
  }

  /** Deletes the messages, here and on the server. */
  async forget() {
    await this.stop();
    await api.endThread(this.#user, this.#role);
    this.messages = [];
    remember('conversation', undefined);
  }

  async #run(turn, answer) {
    this.#turn = turn;
    answer.key = turn.key;
    this.#change(answer);
    try {
      for await (const { name, data } of turn.events()) {
        // A stopped turn can still have events.
        if (this.#turn !== turn) continue;
        answer.turn = turn.id;
        this.#apply(name, data, answer);
      }
    } catch (error) {
      if (this.#turn !== turn) return;
      // Another tab may have stopped it.
      if (error.code === 'turn_cancelled') Object.assign(answer, { state: 'stopped', key: undefined });
      else Object.assign(answer, { state: 'failed', problem: error });
    }
    if (this.#turn !== turn) return;
    this.#turn = undefined;
    this.#change(answer);
  }

  #apply(name, data, answer) {
    switch (name) {
      case 'connected': answer.state = 'coming'; break;
      case 'disconnected': answer.state = 'lost'; break;
      case 'restarted': Object.assign(answer, { text: '', citations: [], ...known({}) }); break;
      case 'delta':
        answer.text += data.text;
        answer.confidence ??= data.confidence;
        break;
      case 'citation': answer.citations.push(data); break;
      case 'done':
        Object.assign(answer, { text: data.answer, citations: data.citations, ...known(data), state: 'done' });
        break;
    }
    // A reload streams the text and the citations again, so they are not saved.
    if (name === 'delta') this.#onChange(answer, data.text);
    else if (name === 'citation') this.#onChange(answer);
    else this.#change(answer);
  }

  #change(answer) {
    this.#save();
    this.#onChange(answer);
  }

  #save() {
    const messages = this.messages.map(({ problem, turn, ...message }) => message);
    remember('conversation', { user: this.#user, role: this.#role, messages, turn: this.#turn?.record });
  }
}

/** Empties an answer that is asked for again. */
function reset(answer) {
  return Object.assign(answer, { text: '', citations: [], ...known({}), state: 'coming', problem: undefined });
}

/** What the server may say about an answer. */
function known({ confidence, written_by: writtenBy, writing_failure: writingFailure, imitation }) {
  return { confidence, writtenBy, writingFailure, imitates: imitation?.of };
}

function isAccessDenied(error) {
  return error instanceof api.Problem && [401, 403].includes(error.status);
}
