import * as api from './api.js';

/** What the user wants remembered in later conversations. */
export class Memory {
  /** The remembered words, oldest first: `{ id, message_id, author, text, role }`. */
  messages = [];
  #user;
  #onChange;

  /** `onChange` is called after each change. */
  constructor(onChange) {
    this.#onChange = onChange;
  }

  /** Loads what is remembered for a user. */
  async load(user) {
    [this.#user, this.messages] = [user, []];
    this.messages = await api.remembered(user);
    this.#onChange();
  }

  /** Whether a message is remembered. */
  has(message) {
    return this.#entryOf(message) !== undefined;
  }

  /** Remembers a message of the thread in a role, or forgets it. */
  async toggle(message, role) {
    const entry = this.#entryOf(message);
    if (entry) return this.forget(entry.id);
    message.id ??= await this.#findID(message, role);
    this.messages.push(await api.rememberMessage(this.#user, { messageID: message.id, role }));
    this.#onChange();
  }

  async forget(id) {
    await api.forgetMessage(this.#user, id);
    this.messages = this.messages.filter((entry) => entry.id !== id);
    this.#onChange();
  }

  #entryOf(message) {
    return message.id ? this.messages.find((entry) => entry.message_id === message.id) : undefined;
  }

  /** The ID of a message that was streamed, which the server knows once the answer is complete. */
  async #findID(message, role) {
    const messages = await api.messages(this.#user, role);
    return messages.findLast((other) => other.role === message.role && other.text === message.text)?.id ?? '';
  }
}
