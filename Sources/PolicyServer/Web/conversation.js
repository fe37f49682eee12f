import * as api from './api.js';
import { randomWord, recall, remember } from './storage.js';
import { Turn } from './turn.js';

/** How long a turn can be taken up again, a little less than the server keeps it, in milliseconds. */
const turnsAreKept = 540_000;

/**
 * What was said: messages, the last of which may still be coming.
 *
 * A message is `{ role, text, citations, state }`, an answer also has its `confidence` where that is known; its state is `coming`, `lost` while the connection is,
 * `done`, `stopped`, or `failed` with its `problem`.
 */
export class Conversation {
  messages = [];
  #user;
  #turn;
  #onChange;

  /**
   * Begins with nothing said; `onChange` is told of each message that is new or has changed, and of the piece by which its
   * text was continued, if that is all.
   */
  constructor(onChange) {
    this.#onChange = onChange;
  }

  /** Makes it a user's conversation; nothing that was another's stays. */
  belongTo(user) {
    if (user === this.#user) return;
    [this.messages, this.#turn, this.#user] = [[], undefined, user];
  }

  /** Forgets what was said here; the server still knows. */
  forgetHere() {
    this.belongTo(undefined);
    remember('conversation', undefined);
  }

  get isAnswering() {
    return this.#turn !== undefined;
  }

  /**
   * Brings back what was said before a reload: from the server, or from this browser while an answer is on its way or
   * the server cannot be reached.
   *
   * Throws why the server did not tell; the conversation is then what the browser remembers.
   */
  async restore() {
    const noted = recall('conversation');
    // Where nothing was noted nothing was asked: the page made itself another user, or has forgotten.
    if (noted?.user !== this.#user || !Array.isArray(noted.messages)) return;
    if (noted.turn && Date.now() - noted.turn.askedAt < turnsAreKept) {
      this.messages = noted.messages;
      const answer = this.messages.at(-1);
      Object.assign(answer, { text: '', citations: [], confidence: undefined, state: 'coming' });
      this.#pursue(new Turn(noted.turn), answer);
      return;
    }
    try {
      const said = await api.messages(this.#user);
      this.messages = said.map(({ role, text, citations, confidence }) => (
        { role, text, citations, confidence, state: 'done' }));
      this.#note();
    } catch (error) {
      // Whoever may not ask the server is not told by the browser either.
      if (!isRefusal(error)) this.messages = noted.messages;
      throw error;
    }
  }

  /** Asks a question; the answer comes as the last message. */
  ask(message) {
    if (this.isAnswering) return;
    const question = { role: 'user', text: message, citations: [], state: 'done' };
    const answer = { role: 'assistant', text: '', citations: [], state: 'coming' };
    this.messages.push(question, answer);
    this.#onChange(question);
    this.#pursue(new Turn({ user: this.#user, message, key: randomWord() }), answer);
  }

  /** Asks the last question once more, after it was stopped or failed. */
  retry() {
    const answer = this.messages.at(-1);
    const question = this.messages.at(-2);
    if (this.isAnswering || !['failed', 'stopped'].includes(answer?.state)) return;
    Object.assign(answer, { text: '', citations: [], confidence: undefined, state: 'coming', problem: undefined });
    this.#pursue(new Turn({ user: this.#user, message: question.text, key: answer.key }), answer);
  }

  /** Asks the last question once more if it was refused for want of a sign-in. */
  retryRefused() {
    if (this.messages.at(-1)?.problem?.status === 401) this.retry();
  }

  /** Ends the answer that is coming; returns once the server has been told. */
  async stop() {
    const turn = this.#turn;
    if (!turn) return;
    const answer = this.messages.at(-1);
    answer.state = 'stopped';
    // It was given up: should it be asked again, that is another question.
    answer.key = undefined;
    this.#turn = undefined;
    this.#note();
    this.#onChange(answer);
    await turn.stop();
  }

  /** Forgets what was said, here and on the server. */
  async forget() {
    await this.stop();
    await api.forget(this.#user);
    this.messages = [];
    remember('conversation', undefined);
  }

  async #pursue(turn, answer) {
    this.#turn = turn;
    answer.key = turn.key;
    this.#change(answer);
    try {
      for await (const { name, data } of turn.events()) {
        // A turn that was stopped is told to its end, but not shown.
        if (this.#turn !== turn) continue;
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
      case 'begun': answer.state = 'coming'; break;
      case 'lost': answer.state = 'lost'; break;
      case 'restart': Object.assign(answer, { text: '', citations: [], confidence: undefined }); break;
      case 'delta':
        answer.text += data.text;
        answer.confidence ??= data.confidence;
        break;
      case 'citation': answer.citations.push(data); break;
      case 'done':
        Object.assign(answer, {
          text: data.answer, citations: data.citations, confidence: data.confidence, state: 'done',
        });
        break;
    }
    // Each piece is shown; only what a reload needs is noted.
    if (name === 'delta') this.#onChange(answer, data.text);
    else if (name === 'citation') this.#onChange(answer);
    else this.#change(answer);
  }

  #change(answer) {
    this.#note();
    this.#onChange(answer);
  }

  #note() {
    const messages = this.messages.map(({ problem, ...message }) => message);
    remember('conversation', { user: this.#user, messages, turn: this.#turn?.note });
  }
}

function isRefusal(error) {
  return error instanceof api.Problem && [401, 403].includes(error.status);
}
