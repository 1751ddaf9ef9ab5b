import { el, plain, replace, setText, svg } from './dom.js';
import * as live from './live.js';
import * as words from './words.js';

const FILTERS = [
  ['live', 'In progress', (call) => !call.complete],
  ['ringing', 'Ringing', (call) => call.state === 'ringing'],
  ['waiting', 'Waiting', (call) => !call.complete && ['queued', 'menu', 'parked'].includes(call.state)],
  ['talking', 'Talking', (call) => !call.complete && ['talking', 'conference'].includes(call.state)],
  ['ended', 'Just ended', (call) => call.complete],
  ['failed', 'Failed', (call) => call.complete && ['failed', 'busy'].includes(call.state)],
];
const COLUMNS = ['state', 'clock', 'caller', 'callee', 'direction', 'queue', 'tenant', 'pbx'];
const TITLES = ['State', 'Time', 'Caller', 'Callee', 'Direction', 'Queue', 'Tenant', 'PBX'];
const SPARE = 8;
const kept = { filter: 'live', pbx: '', top: 0 };

export function board(view) {
  const page = new Board();
  replace(view, page.node);
  page.start();
  return () => page.stop();
}

class Board {
  constructor() {
    this.rows = [];
    this.list = [];
    this.dirty = true;
    this.focused = null;
    this.tiles = tiles();
    this.pbxs = pbxTable();
    this.filters = el('div', { class: 'filters', role: 'group', 'aria-label': 'Which calls' }, FILTERS.map(([name, title]) =>
      el('button', { type: 'button', 'data-filter': name, onclick: () => this.filter(name) }, title, ' ', el('span', { class: 'count' }))));
    this.pbx = el('select', { 'aria-label': 'PBX', onchange: () => this.choosePbx() }, el('option', { value: '' }, 'All PBXs'));
    this.found = el('span', { class: 'found' });
    this.body = el('tbody', {});
    this.above = el('tr', { class: 'space', 'aria-hidden': 'true' }, el('td', { colspan: COLUMNS.length }));
    this.below = el('tr', { class: 'space', 'aria-hidden': 'true' }, el('td', { colspan: COLUMNS.length }));
    this.table = el('table', { class: 'calls' },
      el('caption', { class: 'hidden' }, 'Calls'),
      el('thead', {}, el('tr', {}, COLUMNS.map((name, i) => el('th', { scope: 'col', class: name }, TITLES[i])))), this.body);
    this.empty = el('p', { class: 'empty' });
    this.scroller = el('div', { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': 'Calls', onscroll: () => this.draw(),
      onkeydown: (event) => this.key(event) }, this.table, this.empty);
    this.node = el('div', { class: 'board' }, el('h1', { class: 'hidden' }, 'Board'), this.tiles.node, this.pbxs.node,
      el('div', { class: 'bar' }, this.filters, this.pbx, this.found), this.scroller);
    this.body.append(this.above, this.below);
  }

  start() {
    this.text = document.getElementById('query').value;
    this.narrow = (event) => { this.text = event.detail; this.change(); };
    document.addEventListener('narrow', this.narrow);
    this.off = live.onChange(() => this.change());
    this.resized = new ResizeObserver(() => this.measure());
    this.resized.observe(this.scroller);
    this.timer = setInterval(() => this.tick(), 1000);
    this.filter(kept.filter);
    this.scroller.scrollTop = kept.top;
  }

  stop() {
    kept.top = this.scroller.scrollTop;
    document.removeEventListener('narrow', this.narrow);
    this.off();
    this.resized.disconnect();
    clearInterval(this.timer);
  }

  filter(name) {
    kept.filter = name;
    for (const button of this.filters.children) {
      button.setAttribute('aria-pressed', String(button.dataset.filter === name));
    }
    this.change();
  }

  choosePbx() {
    kept.pbx = this.pbx.value;
    this.change();
  }

  // Whoever changes something calls this; the page is drawn once a frame, whatever came in between.
  change() {
    this.dirty = true;
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.sort();
      this.draw();
      this.tiles.update();
      this.pbxs.update();
      this.options();
    });
  }

  sort() {
    const counts = FILTERS.map(() => 0);
    const wanted = FILTERS.findIndex(([name]) => name === kept.filter);
    const text = plain(this.text).trim().toLowerCase();
    const digits = /^[+0-9][0-9 ()./-]*$/.test(text) ? text.replace(/\D/g, '') : '';
    this.list = [];
    for (const call of live.calls.values()) {
      if (kept.pbx !== '' && call.pbx !== kept.pbx) {
        continue;
      }
      FILTERS.forEach(([, , test], i) => { counts[i] += test(call) ? 1 : 0; });
      if (FILTERS[wanted][2](call) && (text === '' || matches(call, text, digits))) {
        this.list.push(call);
      }
    }
    this.list.sort((a, b) => (b.complete ? b.written : b.begin) - (a.complete ? a.written : a.begin) || (a.key < b.key ? -1 : 1));
    [...this.filters.children].forEach((button, i) => setText(button.lastChild, words.count(counts[i])));
    setText(this.found, text === '' ? '' : `${words.count(this.list.length)} match “${plain(this.text).trim()}” · Enter searches what has ended`);
    this.table.setAttribute('aria-rowcount', this.list.length + 1);
    this.empty.hidden = this.list.length > 0;
    setText(this.empty, live.link === 'connecting' ? 'Connecting …' : text !== '' ? 'No such call here. Enter searches those that have ended.' : 'No calls.');
  }

  measure() {
    this.height = parseFloat(getComputedStyle(this.scroller).getPropertyValue('--row')) || 38;
    this.draw();
  }

  // Only the rows that can be seen exist; they are filled anew as the board scrolls or changes.
  draw() {
    const height = this.height ?? 38;
    const first = Math.max(0, Math.floor(this.scroller.scrollTop / height) - SPARE);
    const most = Math.ceil(this.scroller.clientHeight / height) + 2 * SPARE;
    const shown = this.list.slice(first, first + most);
    while (this.rows.length < shown.length) {
      const row = new Row();
      this.rows.push(row);
      this.body.insertBefore(row.node, this.below);
    }
    this.rows.splice(shown.length).forEach((row) => row.node.remove());
    shown.forEach((call, i) => this.rows[i].show(call, first + i, this.focused));
    this.above.firstChild.style.height = first * height + 'px';
    this.below.firstChild.style.height = Math.max(0, this.list.length - first - shown.length) * height + 'px';
  }

  tick() {
    this.rows.forEach((row) => row.tick());
    this.pbxs.update();
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.list.length > 0) {
      event.preventDefault();
      const at = this.list.findIndex((call) => call.key === this.focused);
      const next = Math.min(this.list.length - 1, Math.max(0, at + step));
      this.focused = this.list[next].key;
      const y = next * this.height;
      if (y < this.scroller.scrollTop || y > this.scroller.scrollTop + this.scroller.clientHeight - 2 * this.height) {
        this.scroller.scrollTop = y - this.scroller.clientHeight / 2;
      }
      this.draw();
      this.rows.find((row) => row.call.key === this.focused)?.link.focus({ preventScroll: true });
    }
  }

  options() {
    const names = (live.state?.pbxs ?? []).map((pbx) => pbx.pbx);
    if (this.names !== names.join()) {
      this.names = names.join();
      replace(this.pbx, el('option', { value: '' }, 'All PBXs'), names.map((name) => el('option', { value: name }, name)));
      this.pbx.value = names.includes(kept.pbx) ? kept.pbx : '';
    }
  }
}

class Row {
  constructor() {
    this.state = el('span', { class: 'chip' });
    this.link = el('a', {});
    this.callerName = el('span', { class: 'name' });
    this.callee = el('span', { class: 'number' });
    this.calleeName = el('span', { class: 'name' });
    const inside = { state: this.state, caller: [this.link, this.callerName], callee: [this.callee, this.calleeName] };
    this.cells = Object.fromEntries(COLUMNS.map((name) => [name, el('td', { class: name }, inside[name] ?? [])]));
    this.node = el('tr', { onclick: (event) => this.open(event) }, Object.values(this.cells));
  }

  open(event) {
    if (!event.target.closest('a') && getSelection().isCollapsed) {
      location.hash = words.address(this.call);
    }
  }

  show(call, index, focused) {
    if (this.call !== call) {
      this.call = call;
      this.fill(call);
    }
    if (this.index !== index) {
      this.index = index;
      this.node.setAttribute('aria-rowindex', index + 2);
      this.node.classList.toggle('odd', index % 2 === 1);
    }
    this.node.classList.toggle('focused', call.key === focused);
    this.tick();
  }

  fill(call) {
    const src = words.party(call.src, call.src_name);
    const dst = words.party(call.dst ?? call.dialled, call.dst_name);
    this.node.dataset.state = call.state;
    this.state.dataset.state = call.state;
    setText(this.state, words.state(call));
    this.link.setAttribute('href', words.address(call));
    setText(this.link, src.number || src.name);
    setText(this.callerName, src.number ? src.name : '');
    setText(this.callee, dst.number || dst.name);
    setText(this.calleeName, dst.number ? dst.name : '');
    setText(this.cells.direction, words.direction(call));
    setText(this.cells.queue, call.queue);
    setText(this.cells.tenant, call.tenant);
    setText(this.cells.pbx, call.pbx);
  }

  tick() {
    const end = this.call.complete ? this.call.end ?? this.call.begin : live.now();
    setText(this.cells.clock, words.clock((end - this.call.begin) / 1000));
  }
}

function matches(call, text, digits) {
  call.haystack ??= [call.linkedid, call.src, call.src_name, call.dialled, call.dst, call.dst_name, call.queue, call.tenant, call.pbx,
    ...(call.parties ?? [])].filter(Boolean).join('\n').toLowerCase();
  return call.haystack.includes(text) || (digits !== '' && call.haystack.includes(digits))
    || (digits.length > 7 && call.haystack.includes(digits.slice(1)));
}

function tiles() {
  const make = (title, extra) => {
    const value = el('dd', {}, '–');
    const note = el('dd', { class: 'note' });
    return { value, note, node: el('div', { class: 'tile' }, el('dt', {}, title), value, extra ?? note) };
  };
  const charts = { completed: spark('completed'), failed: spark('failed'), late: spark('late') };
  const all = {
    live: make('In progress'), completed: make('Completed / min', charts.completed.node), failed: make('Failed / min', charts.failed.node),
    late: make('Late / min', charts.late.node), sipstack: make('SIPSTACK'), letters: make('Dead letters'),
  };
  const faults = el('ul', { class: 'faults', hidden: true });
  const node = el('section', { 'aria-label': 'How things stand' }, el('dl', { class: 'tiles' }, Object.values(all).map((tile) => tile.node)), faults);
  return { node, update: () => live.state && updateTiles(live.state, all, charts, faults) };
}

const SIPSTACK = {
  up: 'Up', trying: 'Trying again', away: 'Away', key_refused: 'Key refused', unknown: 'Unknown',
};

function updateTiles(state, all, charts, faults) {
  setText(all.live.value, words.count(state.live));
  setText(all.live.note, `${words.count(state.finished)} ended are remembered`);
  for (const [name, chart] of Object.entries(charts)) {
    setText(all[name].value, words.count(state.rates.at(-2)[name]));
    chart.update(state.rates.map((minute) => minute[name]));
  }
  all.failed.node.dataset.tone = state.rates.at(-2).failed > 0 ? 'bad' : '';
  setText(all.sipstack.value, SIPSTACK[state.sipstack.state] ?? state.sipstack.state);
  all.sipstack.node.dataset.tone = { up: 'good', unknown: '' }[state.sipstack.state] ?? 'bad';
  const oldest = state.sipstack.oldest_unsent_seconds;
  setText(all.sipstack.note, oldest === undefined ? 'the sinks run elsewhere' : oldest > 0 ? `oldest unsent ${words.ago(oldest * 1000)}` : 'nothing waits');
  setText(all.letters.value, words.count(state.letters));
  setText(all.letters.note, state.letters === 0 ? 'none are open' : 'open');
  all.letters.node.dataset.tone = state.letters > 0 ? 'bad' : '';
  const told = state.caught_up ? state.faults : ['The topics are still being read: older calls appear in a moment.', ...state.faults];
  if (faults.dataset.told !== told.join('\n')) {
    faults.dataset.told = told.join('\n');
    faults.hidden = told.length === 0;
    replace(faults, told.map((fault) => el('li', {}, fault)));
  }
}

function spark(kind) {
  const line = svg('path', { class: 'line' });
  const node = el('dd', { class: 'spark', 'data-kind': kind, 'aria-hidden': 'true' }, svg('svg', { viewBox: '0 0 120 24', preserveAspectRatio: 'none' }, line));
  return {
    node,
    update(values) {
      const top = Math.max(4, ...values);
      line.setAttribute('d', 'M' + values.map((value, i) => `${((i * 120) / (values.length - 1)).toFixed(1)} ${(23 - (value * 21) / top).toFixed(1)}`).join('L'));
    },
  };
}

function pbxTable() {
  const body = el('tbody');
  const summary = el('summary', {}, 'PBXs');
  const node = el('details', { class: 'pbxs', open: innerHeight > 700 && innerWidth > 720 }, summary, el('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': 'PBXs' },
    el('table', {}, el('caption', { class: 'hidden' }, 'PBXs'), el('thead', {}, el('tr', {}, ['PBX', 'In progress', 'Sources', 'Last row', 'Lag', 'Gaps'].map((title) => el('th', { scope: 'col' }, title)))), body)));
  return {
    node,
    update() {
      const pbxs = live.state?.pbxs ?? [];
      setText(summary, `PBXs (${words.count(pbxs.length)})`);
      const shown = worst(pbxs).slice(0, 50);
      while (body.rows.length < shown.length) {
        body.append(el('tr', {}, el('th', { scope: 'row' }), Array.from({ length: 5 }, () => el('td'))));
      }
      while (body.rows.length > shown.length) {
        body.lastChild.remove();
      }
      shown.forEach((pbx, i) => fillPbx(body.rows[i], pbx));
    },
  };
}

// Those with gaps and those that are silent stand first, as long as there are more than fit.
function worst(pbxs) {
  return pbxs.length <= 50 ? pbxs : [...pbxs].sort((a, b) => b.gaps - a.gaps || (a.last_row ?? 0) - (b.last_row ?? 0));
}

function fillPbx(row, pbx) {
  const age = pbx.last_row === undefined ? null : live.now() - pbx.last_row;
  const texts = [pbx.pbx, words.count(pbx.live), (pbx.sources ?? []).join(', ') || '–', age === null ? 'none seen' : words.ago(age) + ' ago',
    pbx.lag_ms === undefined ? '–' : words.lag(pbx.lag_ms), pbx.gaps === 0 ? 'none' : `${words.count(pbx.gaps)}, last ${words.ago(live.now() - pbx.last_gap)} ago`];
  texts.forEach((text, i) => setText(row.cells[i], text));
  row.cells[5].dataset.tone = pbx.gaps > 0 ? 'bad' : '';
}
