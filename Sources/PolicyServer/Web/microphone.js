import { announce } from './announcer.js';
import * as api from './api.js';
import { icon } from './dom.js';
import { Recorder } from './recorder.js';
import { text } from './texts.js';

/** A button that is held for longer, in milliseconds, is for talking as long as it is held. */
const hold = 600;

/**
 * The button to ask aloud, and what stands below the question while somebody speaks.
 *
 * Pressed once, it records until it is pressed again, and writes down what was said, which can be corrected. Held, it records
 * until it is released, and what was said is asked at once, as with the button to send. Escape discards the recording.
 */
export class Microphone {
  #form;
  #button;
  #panel;
  #level;
  #time;
  #listeners;
  /** The recorder, or a promise of it while the browser asks for permission. */
  #recorder;
  #aborter;
  /** When the pointer began to press the button. */
  #pressedAt;
  /** Whether the next click belongs to a press that has begun the recording. */
  #ignoresClick = false;

  /**
   * Creates the microphone of a form. The listeners are `onStart`, `onChange`, `onHeard` with what was said and whether to ask it
   * at once, and `onProblem` with an error or the key of a text.
   */
  constructor(form, listeners) {
    this.#form = form;
    this.#listeners = listeners;
    this.#button = form.querySelector('#microphone');
    this.#panel = form.querySelector('#listening');
    this.#level = form.querySelector('#level');
    this.#time = form.querySelector('#recorded');
    this.#button.addEventListener('pointerdown', (event) => {
      if (event.button !== 0 || this.#isBusy) return;
      this.#pressedAt = event.timeStamp;
      this.#start();
    });
    addEventListener('pointerup', (event) => this.#release(event));
    addEventListener('pointercancel', () => { this.#pressedAt = undefined; });
    // A long touch would open it.
    this.#button.addEventListener('contextmenu', (event) => event.preventDefault());
    // The keyboard and screen readers click without a pointer.
    this.#button.addEventListener('click', () => {
      if (!this.#ignoresClick) this.#toggle();
    });
    form.querySelector('#discard').addEventListener('click', () => this.discard());
    document.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented || !this.#isBusy) return;
      event.preventDefault();
      this.discard();
    });
  }

  /** Shows the button, or hides it. */
  set isAvailable(value) {
    this.#button.hidden = !value;
  }

  get isRecording() {
    return this.#recorder instanceof Recorder;
  }

  get #isBusy() {
    return this.#recorder !== undefined || this.#aborter !== undefined;
  }

  #release({ timeStamp }) {
    if (this.#pressedAt === undefined) return;
    const isHeld = timeStamp - this.#pressedAt >= hold;
    this.#pressedAt = undefined;
    this.#ignoresClick = true;
    setTimeout(() => { this.#ignoresClick = false; });
    if (isHeld) this.finish({ isAsked: true });
  }

  #toggle() {
    if (this.isRecording) this.finish({ isAsked: false });
    else if (!this.#isBusy) this.#start();
  }

  async #start() {
    const starting = Recorder.start(() => this.finish({ isAsked: false }));
    this.#recorder = starting;
    try {
      const recorder = await starting;
      // It was discarded while the browser asked.
      if (this.#recorder !== starting) return await recorder.stop();
      this.#recorder = recorder;
    } catch (error) {
      if (this.#recorder === starting) this.#recorder = undefined;
      return this.#listeners.onProblem(problemsOfMicrophone[error.name] ?? 'microphoneFailed');
    }
    this.#show();
    this.#listeners.onStart();
    announce(text('listening'));
    this.#measure();
  }

  /** Ends the recording, and has it written down. */
  async finish({ isAsked }) {
    const recorder = this.#recorder;
    if (!this.isRecording) return;
    const aborter = new AbortController();
    [this.#recorder, this.#aborter] = [undefined, aborter];
    this.#show();
    announce(text('hearing'));
    try {
      const heard = await api.transcribe(await recorder.stop(), aborter.signal);
      this.#end(aborter);
      if (heard.trim()) this.#listeners.onHeard(heard.trim(), isAsked);
      else this.#listeners.onProblem('nothingHeard');
    } catch (error) {
      if (aborter.signal.aborted) return;
      this.#end(aborter);
      this.#listeners.onProblem(error);
    }
  }

  /** Ends the recording, and forgets it. */
  async discard() {
    const [recorder, hadFocus] = [this.#recorder, this.#form.contains(document.activeElement)];
    this.#recorder = undefined;
    this.#aborter?.abort();
    this.#aborter = undefined;
    this.#show();
    announce(text('discarded'));
    if (hadFocus) this.#button.focus();
    if (recorder instanceof Recorder) await recorder.stop();
  }

  #end(aborter) {
    if (this.#aborter === aborter) this.#aborter = undefined;
    this.#show();
  }

  #show() {
    const isHearing = this.#aborter !== undefined;
    const label = this.isRecording ? 'writeDown' : 'askAloud';
    this.#form.classList.toggle('is-listening', this.isRecording || isHearing);
    this.#form.classList.toggle('is-hearing', isHearing);
    this.#panel.hidden = !this.isRecording && !isHearing;
    this.#time.textContent = isHearing ? text('hearing') : '';
    // Disabled, it would lose the focus.
    this.#button.setAttribute('aria-disabled', String(isHearing));
    this.#button.dataset.label = label;
    this.#button.setAttribute('aria-label', text(label));
    this.#button.replaceChildren(icon(this.isRecording ? 'check' : 'microphone'));
    this.#listeners.onChange();
  }

  /** Shows how loud it is and how long it takes, as long as somebody speaks. */
  #measure() {
    if (!this.isRecording) return;
    this.#level.value = this.#recorder.level;
    const { seconds } = this.#recorder;
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    if (this.#time.textContent !== time) this.#time.textContent = time;
    requestAnimationFrame(() => this.#measure());
  }
}

/** The keys of texts by the names of the browser's errors. */
const problemsOfMicrophone = {
  NotAllowedError: 'microphoneDenied',
  NotFoundError: 'microphoneMissing',
  SecurityError: 'microphoneInsecure',
};
