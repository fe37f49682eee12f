import { announce } from './announcer.js';
import * as api from './api.js';
import { button, element } from './dom.js';
import { ModelSettings } from './model-settings.js';
import { explain } from './problems.js';
import { recall, remember } from './storage.js';
import { text } from './texts.js';

/** The drawer with the role, what is remembered, and the settings of the model; they apply from the next question on. */
export class OptionsDrawer {
  #dialog;
  #memory;
  #onRole;
  #user;
  #roles = [];
  #hasThread = false;
  #models = [];
  #settings = new ModelSettings((params) => this.#store({ params }));
  #problem = element('p', { className: 'notice', role: 'alert', hidden: true });

  /** `onRole` is called after the role was changed. */
  constructor(dialog, memory, onRole) {
    [this.#dialog, this.#memory, this.#onRole] = [dialog, memory, onRole];
    dialog.addEventListener('click', (event) => {
      // A click beside the drawer is one on its backdrop.
      if (event.target === dialog) dialog.close();
    });
  }

  /** The name of the role in which questions are asked; undefined for the default one. */
  get role() {
    return this.#stored.role;
  }

  /** The settings of the model that the user has chosen; undefined for none. */
  get params() {
    const { params } = this.#stored;
    return params && Object.keys(params).length > 0 ? params : undefined;
  }

  /** The default role's name; undefined without one. */
  get defaultRole() {
    return this.#roles.find((role) => role.scope === 'default')?.name;
  }

  /** Loads the roles and models of a user; a role or a setting that is gone is no longer used. */
  async load(user) {
    this.#user = user;
    [, this.#models] = await Promise.all([this.#loadRoles(), api.models()]);
    if (this.role && !this.#roleNamed(this.role)) this.#store({ role: undefined });
    this.#store({ params: this.#settings.show(this.#models, this.#stored.params ?? {}) });
  }

  /** Whether the server has a conversation in the role. */
  async hasConversation() {
    await this.#loadRoles();
    return this.role ? this.#roleNamed(this.role)?.has_thread === true : this.#hasThread;
  }

  /** Removes what this browser has of the user's choices. */
  clear() {
    remember('options', undefined);
    this.close();
  }

  open() {
    this.render();
    this.#dialog.showModal();
  }

  close() {
    this.#dialog.close();
  }

  /** Shows everything in the current language. */
  render() {
    if (!this.#user) return;
    this.#problem.hidden = true;
    this.#settings.show(this.#models, this.#stored.params ?? {});
    this.#dialog.replaceChildren(
      element('header', { className: 'drawer-head' },
        element('h2', { id: 'options-title' }, text('options')),
        button('close', text('closeOptions'), () => this.close(), 'icon-button')),
      element('div', { className: 'drawer-body' }, this.#problem,
        this.#roleSection(), this.#memorySection(), this.#settings.node),
    );
  }

  // Roles

  #roleSection() {
    const choice = element('select', { id: 'role', on: { change: () => this.#choose(choice.value || undefined) } },
      element('option', { value: '' }, this.defaultRole ?? text('noRole')),
      this.#group('ownRoles', 'own'), this.#group('sharedRoles', 'shared'));
    choice.value = this.role ?? '';
    const chosen = this.#roleNamed(this.role);
    const own = chosen?.scope === 'own' ? chosen : undefined;
    const name = element('input', { id: 'role-edit-name', required: true, maxLength: 20, value: own?.name ?? '' });
    const content = element('textarea',
      { id: 'role-edit-text', required: true, maxLength: 200, rows: 4, value: own?.text ?? '' });
    const form = element('form', { className: 'drawer-form', on: { submit: (event) => {
      event.preventDefault();
      this.#attempt(() => this.#save(name.value.trim(), content.value.trim()));
    } } },
    element('h4', {}, text(own ? 'changeRole' : 'newRole')),
    field('role-edit-name', 'roleName', name), field('role-edit-text', 'roleText', content),
    element('div', { className: 'drawer-actions' },
      element('button', { type: 'submit', className: 'quiet-button' }, text('saveRole')),
      own ? element('button', { type: 'button', className: 'quiet-button', on: {
        click: () => this.#attempt(() => this.#delete(own.name)),
      } }, text('deleteRole')) : undefined));
    return element('section', {},
      element('h3', {}, text('role')), element('p', { className: 'drawer-hint' }, text('roleHint')),
      field('role', 'roleChoice', choice),
      chosen && !own ? element('p', { className: 'drawer-quote', dir: 'auto' }, chosen.text) : undefined, form);
  }

  async #loadRoles() {
    ({ roles: this.#roles, has_thread: this.#hasThread } = await api.roles(this.#user));
  }

  #group(label, scope) {
    const roles = this.#roles.filter((role) => role.scope === scope);
    if (roles.length === 0) return undefined;
    return element('optgroup', { label: text(label) },
      ...roles.map(({ name }) => element('option', { value: name }, name)));
  }

  #roleNamed(name) {
    return this.#roles.find((role) => role.name === name);
  }

  #choose(role) {
    this.#store({ role });
    this.#rerender('role');
    this.#onRole();
  }

  async #save(name, content) {
    await api.saveRole(this.#user, name, content);
    await this.#loadRoles();
    announce(text('roleSaved'));
    this.#choose(name);
  }

  async #delete(name) {
    await api.deleteRole(this.#user, name);
    await this.#loadRoles();
    await this.#memory.load(this.#user);
    announce(text('roleDeleted'));
    this.#choose(undefined);
  }

  // What is remembered

  #memorySection() {
    const { messages } = this.#memory;
    return element('section', {},
      element('h3', {}, text('remembered')), element('p', { className: 'drawer-hint' }, text('rememberedHint')),
      messages.length === 0
        ? element('p', {}, text('nothingRemembered'))
        : element('ul', { className: 'remembered' }, ...messages.map((message) => this.#memoryItem(message))));
  }

  #memoryItem({ id, text: words, author, role }) {
    return element('li', {},
      element('q', { dir: 'auto' }, words),
      element('p', { className: 'drawer-hint' }, [text(author === 'user' ? 'youSaid' : 'assistantSaid'), role]
        .filter(Boolean).join(' · ')),
      button('close', text('forgetMessage'), () => this.#attempt(async () => {
        await this.#memory.forget(id);
        announce(text('forgotten'));
        this.#rerender('role');
      })));
  }

  // Support

  get #stored() {
    const stored = recall('options');
    return stored && stored.user === this.#user ? stored : {};
  }

  #store(changes) {
    remember('options', { ...this.#stored, ...changes, user: this.#user });
  }

  /** Renders again, and keeps the focus in the drawer. */
  #rerender(focused) {
    this.render();
    this.#dialog.querySelector(`#${focused}`)?.focus();
  }

  async #attempt(action) {
    this.#problem.hidden = true;
    try {
      await action();
    } catch (error) {
      this.#problem.textContent = explain(error);
      this.#problem.hidden = false;
      this.#problem.scrollIntoView({ block: 'nearest' });
    }
  }
}

/** A field of a form with its label. */
export function field(id, label, ...controls) {
  return element('div', { className: 'drawer-field' }, element('label', { htmlFor: id }, text(label)), ...controls);
}
