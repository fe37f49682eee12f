import { element } from './dom.js';
import { explain } from './problems.js';
import { text } from './texts.js';

/** The form to sign in: with a user name and a password, with an API key or token, or elsewhere. */
export class SignInView {
  #place;
  #session;
  #onSignIn;
  #onLeave;
  #form = element('form');
  #problem;
  #reason;

  /** `onSignIn` is called after the user has signed in, and `onLeave` to sign in with an identity provider or a proxy. */
  constructor(place, session, onSignIn, onLeave) {
    this.#place = place;
    this.#session = session;
    this.#onSignIn = onSignIn;
    this.#onLeave = onLeave;
  }

  /** Shows the form; `reason` is the key of a text that says why, if there is one. */
  show(reason) {
    this.#reason = reason;
    this.#place.hidden = false;
    this.render();
    const field = this.#form.elements[0];
    if (!matchMedia('(pointer: coarse)').matches) field.focus();
  }

  hide() {
    this.#place.hidden = true;
    this.#form = element('form');
    this.#place.replaceChildren();
  }

  /** Renders the form in the current language, and keeps the input. */
  render() {
    if (this.#place.hidden) return;
    const input = new FormData(this.#form);
    this.#problem = element('p', { className: 'sign-in-problem', id: 'sign-in-problem', role: 'alert' });
    this.#form = element('form', { className: 'sign-in-form', noValidate: true, on: { submit: (event) => this.#submit(event) } },
      ...this.#fields(), this.#problem, element('button', { type: 'submit', className: 'primary-button' }, text('signIn')));
    this.#place.replaceChildren(element('div', { className: 'sign-in-card' },
      element('h2', {}, text('signIn')),
      element('p', { className: 'sign-in-introduction' }, this.#reason ? text(this.#reason) : this.#introduction()),
      this.#form));
    for (const [name, value] of input) this.#form.elements[name].value = value;
  }

  #introduction() {
    return text({
      password: 'signInIntroduction',
      key: 'keyIntroduction',
      token: 'tokenIntroduction',
      provider: 'providerIntroduction',
      proxy: 'proxyIntroduction',
    }[this.#session.method]);
  }

  #fields() {
    if (['provider', 'proxy'].includes(this.#session.method)) return [];
    if (this.#session.method === 'password') {
      return [
        ...field('username', text('username'), { type: 'text', autocomplete: 'username', autocapitalize: 'none', spellcheck: false }),
        ...field('password', text('password'), { type: 'password', autocomplete: 'current-password' }),
      ];
    }
    return [
      ...field('key', text(this.#session.method), { type: 'password', autocomplete: 'off', 'aria-describedby': 'key-hint sign-in-problem' }),
      element('p', { className: 'hint', id: 'key-hint' }, text('keyKept')),
    ];
  }

  async #submit(event) {
    event.preventDefault();
    if (['provider', 'proxy'].includes(this.#session.method)) {
      this.#setBusy(true);
      return this.#onLeave();
    }
    const { username, password, key } = this.#form.elements;
    const inputs = [username, password, key].filter(Boolean);
    const empty = inputs.find((input) => !input.value.trim());
    if (empty) return this.#showProblem(text('signInIncomplete'), [empty], empty);
    this.#showProblem('', [], document.activeElement);
    this.#setBusy(true);
    try {
      await (key ? this.#session.signInWithKey(key.value.trim()) : this.#session.signIn(username.value, password.value));
    } catch (error) {
      this.#setBusy(false);
      const secret = key ?? password;
      secret.value = '';
      return this.#showProblem(explain(error), error.status === 401 ? inputs : [], secret);
    }
    this.#onSignIn();
  }

  #setBusy(isBusy) {
    const send = this.#form.querySelector('button');
    send.disabled = isBusy;
    send.textContent = text(isBusy ? 'signingIn' : 'signIn');
  }

  /** Shows a problem, marks the invalid inputs, and moves the focus. */
  #showProblem(problem, invalidInputs, focused) {
    this.#problem.textContent = problem;
    focused.focus();
    for (const input of this.#form.querySelectorAll('input')) input.ariaInvalid = String(invalidInputs.includes(input));
  }
}

function field(name, label, attributes) {
  return [
    element('label', { htmlFor: name }, label),
    element('input', { id: name, name, required: true, 'aria-describedby': 'sign-in-problem', ...attributes }),
  ];
}
