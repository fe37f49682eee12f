import { element } from './dom.js';
import { text } from './texts.js';

/** The settings of the model that answers: those, and only those, which the server offers. */
export class ModelSettings {
  node = element('section', {});
  #onChange;
  #params = {};

  /** `onChange` receives the values that the user has chosen. */
  constructor(onChange) {
    this.#onChange = onChange;
  }

  /** Shows the settings of models with the values chosen, and returns those of the values that are offered. */
  show(models, chosen) {
    const model = models.find(({ name }) => name === chosen.model) ?? models[0];
    this.#params = model ? offered(model, model === models[0] ? { ...chosen, model: undefined } : chosen) : {};
    const controls = model?.parameters.map((parameter) => this.#control(parameter, models)) ?? [];
    this.node.replaceChildren(
      element('h3', {}, text('modelSettings')),
      ...(models.length > 1 ? [this.#modelChoice(models, model)] : []),
      ...(controls.length > 0 ? controls : [element('p', {}, text('noModelSettings'))]));
    return this.#params;
  }

  #modelChoice(models, model) {
    const choice = element('select', { id: 'setting-model', on: { change: () => {
      this.#change({ ...this.#params, model: choice.value }, models, 'setting-model');
    } } }, ...models.map(({ name }) => element('option', { value: name }, name)));
    choice.value = model.name;
    return element('div', { className: 'drawer-field' },
      element('label', { htmlFor: 'setting-model' }, text('settingModel')), choice);
  }

  #control(parameter, models) {
    const id = `setting-${parameter.name}`;
    const control = parameter.choices ? this.#choice(id, parameter, models) : this.#number(id, parameter, models);
    return element('div', { className: 'drawer-field' },
      element('label', { htmlFor: id }, text(`setting_${parameter.name}`)), control,
      element('p', { className: 'drawer-hint', id: `${id}-hint` }, text(`hint_${parameter.name}`)));
  }

  #choice(id, { name, choices, default: usual }, models) {
    const select = element('select', { id, 'aria-describedby': `${id}-hint`, on: { change: () => {
      this.#change({ ...this.#params, [name]: select.value || undefined }, models, id);
    } } },
    element('option', { value: '' }, usual ? text('asUsual', { value: usual }) : text('asModelDecides')),
    ...choices.map((value) => element('option', { value }, value)));
    select.value = this.#params[name] ?? '';
    return select;
  }

  #number(id, { name, minimum, maximum, step, effort, default: usual }, models) {
    // The model refuses it with any other effort.
    const isTaken = !effort || this.#effort(models) === effort;
    const value = this.#params[name];
    const number = element('input', {
      id, type: 'number', min: minimum, max: maximum, step, disabled: !isTaken, value: value ?? '',
      placeholder: isTaken ? usual ?? text('asModelDecides') : text('onlyWithEffort', { effort }),
      'aria-describedby': `${id}-hint`,
      on: { change: () => {
        if (!number.reportValidity()) return;
        this.#change({ ...this.#params, [name]: number.value === '' ? undefined : Number(number.value) }, models, id);
      } },
    });
    return number;
  }

  #effort(models) {
    const model = models.find(({ name }) => name === this.#params.model) ?? models[0];
    return this.#params.effort ?? model.parameters.find(({ name }) => name === 'effort')?.default;
  }

  #change(params, models, focused) {
    this.#onChange(this.show(models, params));
    this.node.querySelector(`#${focused}`)?.focus();
  }
}

/** Those of the values that a model offers. */
function offered(model, chosen) {
  const usualEffort = model.parameters.find(({ name }) => name === 'effort')?.default;
  const values = {};
  if (chosen.model) values.model = chosen.model;
  for (const { name, choices, minimum, maximum, effort } of model.parameters) {
    const value = chosen[name];
    if (value === undefined || (choices && !choices.includes(value))) continue;
    if (!choices && (value < minimum || value > maximum)) continue;
    if (effort && (values.effort ?? usualEffort) !== effort) continue;
    values[name] = value;
  }
  return values;
}
