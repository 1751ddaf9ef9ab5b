import { el, plain, replace, setText } from './dom.js';
import { pre } from './call.js';
import * as live from './live.js';
import * as words from './words.js';

export function letters(view) {
  const page = new Letters();
  replace(view, el('h1', {}, 'Dead letters'), el('p', { class: 'lead' }, 'What could not be read, assembled or delivered, and what nothing was done with yet.'), page.list, page.detail, page.dialog);
  page.load();
  const off = live.onChange(() => page.reloadIfChanged());
  return off;
}

class Letters {
  constructor() {
    this.list = el('div', {}, el('p', { class: 'empty' }, 'Reading …'));
    this.detail = el('section', { class: 'letter', 'aria-label': 'Letter', 'aria-live': 'polite' });
    this.dialog = el('dialog', { 'aria-labelledby': 'replay-title' });
    this.asked = 0;
  }

  async load() {
    this.asked = Date.now();
    this.count = live.state?.letters;
    try {
      const { groups } = await ask('api/letters');
      replace(this.list, groups.length === 0 ? el('p', { class: 'empty' }, 'None are open.') : this.table(groups));
    } catch (fault) {
      replace(this.list, el('p', { class: 'fault', role: 'alert' }, fault.message));
    }
  }

  reloadIfChanged() {
    if (live.state && live.state.letters !== this.count && Date.now() - this.asked > 2000) {
      this.load();
    }
  }

  table(groups) {
    const titles = ['Letters', 'Reason', 'Stage', 'PBX', 'Oldest', 'Newest', ''];
    return el('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': 'Reasons' }, el('table', { class: 'groups' },
      el('thead', {}, el('tr', {}, titles.map((title) => (title === '' ? el('td', {}) : el('th', { scope: 'col' }, title))))),
      el('tbody', {}, groups.map((group) => el('tr', {}, el('td', { class: 'clock' }, words.count(group.letters)), el('th', { scope: 'row' }, group.reason),
        el('td', {}, group.stage), el('td', {}, group.pbx), el('td', {}, words.dayAndTime(group.oldest)), el('td', {}, words.dayAndTime(group.newest)),
        el('td', { class: 'actions' }, el('button', { type: 'button', onclick: () => this.show(group) }, 'Show'),
          live.state?.may_replay !== false && el('button', { type: 'button', onclick: () => this.confirm(group) }, 'Replay …')))))));
  }

  async show(group) {
    try {
      const { places } = await ask('api/letters/places?' + kindOf(group));
      const which = el('select', { 'aria-label': 'Which letter', onchange: () => this.one(which.value) }, places.map((place) => el('option', { value: place }, place)));
      this.body = el('div');
      replace(this.detail, el('h2', {}, group.reason), el('p', {}, 'Letter ', which, ` of ${words.count(group.letters)}`), this.body);
      await this.one(places[0]);
      this.detail.scrollIntoView({ block: 'nearest' });
    } catch (fault) {
      replace(this.detail, el('p', { class: 'fault', role: 'alert' }, fault.message));
    }
  }

  async one(place) {
    try {
      const letter = await ask('api/letter?' + new URLSearchParams({ place }));
      replace(this.body, el('dl', { class: 'reasons' }, Object.entries(letter).filter(([name]) => name !== 'value').map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value)))),
        el('pre', { tabindex: '0', role: 'region', 'aria-label': 'What is in it' }, pre(letter.value.split('\\u000a').map(plain).join('\n'))));
    } catch (fault) {
      replace(this.body, el('p', { class: 'fault', role: 'alert' }, fault.message));
    }
  }

  confirm(group) {
    const token = el('input', { type: 'password', name: 'token', required: true, autocomplete: 'off' });
    const told = el('p', { 'aria-live': 'polite' });
    const count = el('button', { type: 'button', onclick: () => this.replay(group, token.value, true, told) }, 'Count first');
    const form = el('form', { onsubmit: (event) => { event.preventDefault(); this.replay(group, token.value, false, told); } },
      el('h2', { id: 'replay-title' }, `Replay ${words.count(group.letters)} letters?`), el('p', {}, group.reason),
      el('p', {}, 'They are written back to the topics that they came from. Documents whose call has a later revision stay where they are.'),
      el('label', {}, el('span', {}, 'Replay token'), token), told,
      el('p', { class: 'actions' }, el('button', { type: 'button', onclick: () => this.dialog.close() }, 'Close'), count, el('button', { type: 'submit', class: 'danger' }, 'Replay')));
    replace(this.dialog, form);
    this.dialog.showModal();
  }

  async replay(group, token, dry, told) {
    setText(told, 'Working …');
    try {
      const { stage, pbx, reason } = group;
      const answer = await fetch('api/replay', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Sipstack-Replay-Token': token },
        body: JSON.stringify({ stage, pbx, reason, dry_run: dry }),
      });
      const body = await answer.json();
      setText(told, body.summary ?? body.error);
      if (answer.ok && !dry) {
        this.load();
      }
    } catch (fault) {
      setText(told, fault.message);
    }
  }
}

const kindOf = ({ stage, pbx, reason }) => new URLSearchParams({ stage, pbx, reason });

async function ask(address) {
  const answer = await fetch(address);
  const body = await answer.json();
  if (!answer.ok) {
    throw new Error(body.error);
  }
  return body;
}
