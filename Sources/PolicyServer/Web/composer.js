/** The form to write a question. */
export class Composer {
  #form;
  #field;
  #send;
  #stop;
  #isAnswering = false;

  constructor(form, { onAsk, onStop }) {
    this.#form = form;
    this.#field = form.querySelector('textarea');
    this.#send = form.querySelector('#send');
    this.#stop = form.querySelector('#stop');
    this.#field.addEventListener('input', () => this.#update());
    addEventListener('resize', () => this.#update());
    this.#field.addEventListener('keydown', (event) => {
      // While an input method is composing, Enter confirms its text.
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const question = this.text;
      if (!question || this.#isAnswering) return;
      this.#field.value = '';
      this.#update();
      // The on-screen keyboard would cover the answer.
      if (hasTouchKeyboard()) this.#field.blur();
      onAsk(question);
    });
    this.#stop.addEventListener('click', onStop);
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.#isAnswering && !event.defaultPrevented) onStop();
    });
  }

  /** Shows the button to stop during an answer, and the button to send otherwise. */
  set isAnswering(value) {
    const hadFocus = this.#form.contains(document.activeElement);
    this.#isAnswering = value;
    this.#send.hidden = value;
    this.#stop.hidden = !value;
    this.#update();
    if (hadFocus) this.focus();
  }

  /** Moves the focus to the field, unless that opens an on-screen keyboard. */
  focus() {
    if (!hasTouchKeyboard()) this.#field.focus({ preventScroll: true });
  }

  /** The text in the field, without white space around it. */
  get text() {
    return this.#field.value.trim();
  }

  /** Puts a question back into the field, if it is empty. */
  restore(question) {
    if (this.#field.value) return;
    this.#field.value = question;
    this.#update();
  }

  /** Updates the button and the height of the field. */
  #update() {
    this.#send.disabled = !this.#field.value.trim();
    this.#field.style.height = 'auto';
    this.#field.style.height = `${this.#field.scrollHeight}px`;
  }
}

function hasTouchKeyboard() {
  return matchMedia('(pointer: coarse)').matches;
}
