import { element } from './dom.js';
import { explain } from './problems.js';
import { text } from './texts.js';

/** Where people say who they are: by a name and a password, or by a key or token where the server asks for one. */
export class SignInView {
  #place;
  #session;
  #onDone;
  #form = element('form');
  #problem;
  #words;

  /** `onDone` is called once the server knows who it is. */
  constructor(place, session, onDone) {
    this.#place = place;
    this.#session = session;
    this.#onDone = onDone;
  }

  /** Shows the form, with words on why it is there. */
  show(words) {
    this.#words = words;
    this.#place.hidden = false;
    this.speak();
    const field = this.#form.elements[0];
    if (!matchMedia('(pointer: coarse)').matches) field.focus();
  }

  hide() {
    this.#place.hidden = true;
    this.#form = element('form');
    this.#place.replaceChildren();
  }

  /** Says everything in the language in force; what was typed stays. */
  speak() {
    if (this.#place.hidden) return;
    const typed = new FormData(this.#form);
    this.#problem = element('p', { className: 'sign-in-problem', id: 'sign-in-problem', role: 'alert' });
    this.#form = element('form', { className: 'sign-in-form', noValidate: true, on: { submit: (event) => this.#submit(event) } },
      ...this.#fields(), this.#problem, element('button', { type: 'submit', className: 'primary-button' }, text('signIn')));
    this.#place.replaceChildren(element('div', { className: 'sign-in-card' },
      element('h2', {}, text('signIn')),
      element('p', { className: 'sign-in-words' }, this.#words ? text(this.#words) : this.#introduction()),
      this.#form));
    for (const [name, value] of typed) this.#form.elements[name].value = value;
  }

  #introduction() {
    return text({ password: 'signInIntroduction', key: 'keyIntroduction', token: 'tokenIntroduction' }[this.#session.way]);
  }

  #fields() {
    if (this.#session.way === 'password') {
      return [
        ...field('username', text('username'), { type: 'text', autocomplete: 'username', autocapitalize: 'none', spellcheck: false }),
        ...field('password', text('password'), { type: 'password', autocomplete: 'current-password' }),
      ];
    }
    return [
      ...field('key', text(this.#session.way), { type: 'password', autocomplete: 'off', 'aria-describedby': 'key-hint sign-in-problem' }),
      element('p', { className: 'hint', id: 'key-hint' }, text('keyKept')),
    ];
  }

  async #submit(event) {
    event.preventDefault();
    const { username, password, key } = this.#form.elements;
    const inputs = [username, password, key].filter(Boolean);
    const empty = inputs.find((input) => !input.value.trim());
    if (empty) return this.#complain(text('signInIncomplete'), [empty], empty);
    this.#complain('', [], document.activeElement);
    this.#busy(true);
    try {
      await (key ? this.#session.present(key.value.trim()) : this.#session.signIn(username.value, password.value));
    } catch (error) {
      this.#busy(false);
      const secret = key ?? password;
      secret.value = '';
      return this.#complain(explain(error), error.status === 401 ? inputs : [], secret);
    }
    this.#onDone();
  }

  #busy(isBusy) {
    const send = this.#form.querySelector('button');
    send.disabled = isBusy;
    send.textContent = text(isBusy ? 'signingIn' : 'signIn');
  }

  /** Says what is wrong, marks the fields that are, and goes to one. */
  #complain(words, inputs, next) {
    this.#problem.textContent = words;
    next.focus();
    for (const input of this.#form.querySelectorAll('input')) input.ariaInvalid = String(inputs.includes(input));
  }
}

function field(name, label, settings) {
  return [
    element('label', { htmlFor: name }, label),
    element('input', { id: name, name, required: true, 'aria-describedby': 'sign-in-problem', ...settings }),
  ];
}
