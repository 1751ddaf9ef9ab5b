import { el, plain, replace, setText } from './dom.js';
import * as live from './live.js';
import * as words from './words.js';

const FIELDS = ['q', 'pbx', 'tenant', 'direction', 'outcome', 'from', 'until'];

export function find(view, path, parameters) {
  const field = (name, title, input) => el('label', {}, el('span', {}, title), input);
  const text = (name, type = 'text') => el('input', { name, type, value: parameters.get(name) ?? '', maxlength: 200, autocomplete: 'off', size: type === 'text' ? 10 : null });
  const choice = (name, options) => el('select', { name }, el('option', { value: '' }, 'any'), options.map(([value, title]) => el('option', { value, selected: parameters.get(name) === value }, title)));
  const form = el('form', { class: 'find', onsubmit: (event) => { event.preventDefault(); location.hash = '#/find?' + told(form); } },
    field('q', 'Number, name, linkedid or queue', text('q', 'search')), field('pbx', 'PBX', text('pbx')), field('tenant', 'Tenant', text('tenant')),
    field('direction', 'Direction', choice('direction', [['i', 'Inbound'], ['o', 'Outbound'], ['x', 'Internal']])),
    field('outcome', 'Outcome', choice('outcome', [['live', 'In progress'], ...words.outcomes.slice(5)])),
    field('from', 'Began after', text('from', 'datetime-local')), field('until', 'Began before', text('until', 'datetime-local')),
    el('button', { type: 'submit' }, 'Find'));
  const results = el('div', { class: 'results', 'aria-live': 'polite' });
  replace(view, el('h1', {}, 'Find calls'), form, results);
  let gone = false;
  ask(parameters, results, () => gone);
  return () => { gone = true; };
}

function told(form) {
  const values = new URLSearchParams();
  new FormData(form).forEach((value, name) => value.trim() !== '' && values.set(name, value.trim()));
  return values;
}

async function ask(parameters, results, isGone) {
  const query = new URLSearchParams();
  FIELDS.forEach((name) => parameters.get(name) && query.set(name, ['from', 'until'].includes(name) ? new Date(parameters.get(name)).toISOString() : parameters.get(name)));
  try {
    const answer = await fetch('api/find?' + query);
    const body = await answer.json();
    if (!isGone()) {
      replace(results, answer.ok ? list(body) : el('p', { class: 'fault', role: 'alert' }, body.error));
    }
  } catch (fault) {
    if (!isGone()) {
      replace(results, el('p', { class: 'fault', role: 'alert' }, 'Nothing can be found now: ' + fault.message));
    }
  }
}

function list(found) {
  const total = found.calls.length + found.more;
  const head = ['Began', 'State', 'Caller', 'Callee', 'Direction', 'Talked', 'Queue', 'Tenant', 'PBX', 'linkedid'];
  return [
    el('p', { class: 'total' }, total === 0 ? 'No call among those that the console remembers.' : `${words.count(total)} calls${found.more > 0 ? `, the latest ${found.calls.length} of them` : ''}`),
    total > 0 && el('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': 'Calls that were found' }, el('table', { class: 'found' },
      el('thead', {}, el('tr', {}, head.map((title) => el('th', { scope: 'col' }, title)))), el('tbody', {}, found.calls.map(row)))),
  ];
}

function row(call) {
  const src = words.party(call.src, call.src_name);
  const dst = words.party(call.dst ?? call.dialled, call.dst_name);
  const cells = [
    words.dayAndTime(call.call_time), el('span', { class: 'chip', 'data-state': call.state }, words.state(call)),
    [el('a', { href: words.address(call) }, src.number || src.name), el('span', { class: 'name' }, src.number ? src.name : '')],
    [el('span', { class: 'number' }, dst.number || dst.name), el('span', { class: 'name' }, dst.number ? dst.name : '')],
    words.direction(call), call.talk_seconds > 0 ? words.clock(call.talk_seconds) : '', call.queue, call.tenant, call.pbx, call.linkedid,
  ];
  return el('tr', {}, cells.map((cell, i) => el('td', { class: ['clock', '', 'caller', 'callee', '', 'clock'][i] }, cell)));
}
