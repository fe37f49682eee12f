import * as api from './api.js';

/** Reads texts aloud, one at a time. */
export class Speaker {
  #audio;
  #aborter;
  #onEnd;

  /**
   * Reads a text instead of the one that is read. `onEnd` is called when it has been read, or is not read any further.
   *
   * Throws the error of the server, or the browser's if it does not play sound.
   */
  async speak(text, onEnd) {
    this.stop();
    const aborter = new AbortController();
    [this.#aborter, this.#onEnd] = [aborter, onEnd];
    try {
      const speech = await api.speech(text, aborter.signal);
      if (aborter.signal.aborted) return;
      const address = URL.createObjectURL(speech);
      aborter.signal.addEventListener('abort', () => URL.revokeObjectURL(address));
      this.#audio = new Audio(address);
      this.#audio.addEventListener('ended', () => this.#end(aborter));
      this.#audio.addEventListener('error', () => this.#end(aborter));
      await this.#audio.play();
    } catch (error) {
      if (aborter.signal.aborted) return;
      this.#end(aborter);
      throw error;
    }
  }

  /** Stops reading at once. */
  stop() {
    if (this.#aborter) this.#end(this.#aborter);
  }

  get isSpeaking() {
    return this.#aborter !== undefined;
  }

  #end(aborter) {
    if (this.#aborter !== aborter) return;
    this.#audio?.pause();
    aborter.abort();
    const onEnd = this.#onEnd;
    [this.#audio, this.#aborter, this.#onEnd] = [];
    onEnd();
  }
}
