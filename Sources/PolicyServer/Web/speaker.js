import * as api from './api.js';
import { Turn } from './turn.js';

/** Reads texts and answers aloud, one at a time. */
export class Speaker {
  /** One player for all sounds: where a browser asks for a touch before it plays, one touch is enough. */
  #audio = new Audio();
  #aborter;
  #onEnd;

  /**
   * Reads a text instead of what is read. `onEnd` is called when it has been read, or is not read any further.
   *
   * Throws the error of the server, or the browser's if it does not play sound.
   */
  speak(text, onEnd) {
    return this.#read(async function* (signal) { yield await api.speech(text, signal); }, onEnd);
  }

  /** Reads the answer of a turn as `speak` does, sentence by sentence while it comes. */
  follow(turn, onEnd) {
    return this.#read((signal) => sentences(turn, signal), onEnd);
  }

  /** Stops reading at once. */
  stop() {
    if (this.#aborter) this.#end(this.#aborter);
  }

  async #read(sounds, onEnd) {
    this.stop();
    const aborter = new AbortController();
    [this.#aborter, this.#onEnd] = [aborter, onEnd];
    try {
      let played = Promise.resolve();
      // What comes is taken at once, since an answer waits for those who listen to it.
      for await (const sound of sounds(aborter.signal)) {
        played = played.then(() => this.#play(sound, aborter.signal));
        played.catch((error) => aborter.abort(error));
      }
      await played;
      this.#end(aborter);
    } catch (error) {
      if (this.#aborter !== aborter) return;
      this.#end(aborter);
      throw error;
    }
  }

  /** Plays a sound to its end, or until it is aborted. */
  async #play(sound, signal) {
    if (signal.aborted) return;
    const address = URL.createObjectURL(sound);
    const listening = new AbortController();
    try {
      const isOver = new Promise((resolve) => {
        for (const [target, name] of [[this.#audio, 'ended'], [this.#audio, 'error'], [signal, 'abort']]) {
          target.addEventListener(name, resolve, { signal: listening.signal });
        }
      });
      this.#audio.src = address;
      await this.#audio.play();
      await isOver;
    } catch (error) {
      // A player that is paused before it has begun says so.
      if (!signal.aborted) throw error;
    } finally {
      listening.abort();
      URL.revokeObjectURL(address);
    }
  }

  #end(aborter) {
    if (this.#aborter !== aborter) return;
    this.#audio.pause();
    aborter.abort();
    const onEnd = this.#onEnd;
    [this.#aborter, this.#onEnd] = [];
    onEnd();
  }
}

/** Yields the speech of a turn's sentences. */
async function* sentences(id, signal) {
  const turn = new Turn({ id, isHeard: true });
  signal.addEventListener('abort', () => turn.leave());
  let last = 0;
  for await (const { name, data } of turn.events()) {
    // After a lost connection, sentences come again.
    if (name !== 'audio' || data.sentence <= last) continue;
    last = data.sentence;
    const bytes = Uint8Array.from(atob(data.audio), (character) => character.charCodeAt(0));
    yield new Blob([bytes], { type: data.media_type });
  }
}
