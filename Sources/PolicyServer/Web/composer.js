/** Where a question is written. */
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
    this.#field.addEventListener('input', () => this.#adapt());
    addEventListener('resize', () => this.#adapt());
    this.#field.addEventListener('keydown', (event) => {
      // While an input method composes, Enter belongs to it.
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const question = this.#field.value.trim();
      if (!question || this.#isAnswering) return;
      this.#field.value = '';
      this.#adapt();
      // On a touch screen the keyboard would cover the answer.
      if (hasTouchKeyboard()) this.#field.blur();
      onAsk(question);
    });
    this.#stop.addEventListener('click', onStop);
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.#isAnswering && !event.defaultPrevented) onStop();
    });
  }

  /** Offers to stop while an answer comes, and to send otherwise. */
  set isAnswering(value) {
    const hadFocus = this.#form.contains(document.activeElement);
    this.#isAnswering = value;
    this.#send.hidden = value;
    this.#stop.hidden = !value;
    this.#adapt();
    if (hadFocus) this.focus();
  }

  /** Lets the next question be written at once, where that brings up no keyboard. */
  focus() {
    if (!hasTouchKeyboard()) this.#field.focus({ preventScroll: true });
  }

  /** Gives a question back, to be written anew, unless another was begun. */
  giveBack(question) {
    if (this.#field.value) return;
    this.#field.value = question;
    this.#adapt();
  }

  #adapt() {
    this.#send.disabled = !this.#field.value.trim();
    this.#field.style.height = 'auto';
    this.#field.style.height = `${this.#field.scrollHeight}px`;
  }
}

function hasTouchKeyboard() {
  return matchMedia('(pointer: coarse)').matches;
}
