import { el, plain, replace, setText } from './dom.js';
import { ladder } from './ladder.js';
import * as live from './live.js';
import * as words from './words.js';

const AGAIN_AFTER = 2000;
const JOURNAL = ['call_threads', 'events', 'raw_cdrs', 'raw_cels'];

export function call(view, [pbx, linkedid]) {
  const page = new CallPage(view, pbx, linkedid);
  page.load();
  return page.watch();
}

class CallPage {
  constructor(view, pbx, linkedid) {
    this.view = view;
    this.pbx = pbx;
    this.linkedid = linkedid;
    this.asked = 0;
    this.open = new Set(['document', 'revisions', 'explain']);
    replace(view, el('p', { class: 'empty' }, 'Reading the call …'));
  }

  watch() {
    const off = live.onChange(() => this.reloadIfChanged());
    const resized = new ResizeObserver(() => this.story && this.drawLadder());
    resized.observe(this.view);
    const ticking = setInterval(() => this.tick(), 1000);
    return () => {
      this.gone = true;
      off();
      resized.disconnect();
      clearInterval(ticking);
    };
  }

  async load() {
    this.asked = Date.now();
    try {
      const answer = await fetch('api/call?' + new URLSearchParams({ pbx: this.pbx, linkedid: this.linkedid }));
      const body = await answer.json();
      if (this.gone) {
        return;
      }
      if (!answer.ok) {
        replace(this.view, el('h1', {}, 'No such call'), el('p', { class: 'fault', role: 'alert' }, `${body.error}: ${this.linkedid} of ${this.pbx}`));
        return;
      }
      this.story = body;
      this.draw();
    } catch (fault) {
      if (!this.gone && !this.story) {
        replace(this.view, el('p', { class: 'fault', role: 'alert' }, 'The call cannot be read now: ' + fault.message));
      }
    }
  }

  reloadIfChanged() {
    const now = live.calls.get(this.pbx + '|' + this.linkedid);
    if (this.story && now && now.revision > this.story.summary.revision && Date.now() - this.asked > AGAIN_AFTER) {
      this.load();
    }
  }

  draw() {
    const { summary, document: told } = this.story;
    document.title = `${plain(summary.src ?? summary.src_name ?? 'Call')} → ${plain(summary.dst ?? summary.dialled ?? '?')} · SIPSTACK console`;
    this.clock = el('span', { class: 'clock' });
    this.drawing = el('div', { class: 'drawing' });
    replace(this.view, el('article', { class: 'call' }, heading(summary, this.clock), facts(summary, told),
      el('section', { 'aria-labelledby': 'ladder' }, el('h2', { id: 'ladder' }, 'Channels over time'), this.drawing),
      this.section('explain', 'Why it says so', explain(this.story)),
      this.section('revisions', `Revisions (${this.story.revisions.length})`, revisions(this.story.revisions)),
      this.story.relatives.length > 0 && this.section('relatives', `Relatives (${this.story.relatives.length})`, relatives(this.story.relatives, this.pbx), true),
      this.section('document', 'Document', json(without(told, JOURNAL))),
      this.section('rows', `Rows (${this.story.rows.length})`, rows(this.story))));
    this.drawLadder();
    this.tick();
  }

  section(name, title, content, open) {
    return el('details', { class: 'part', id: name, open: open || this.open.has(name), ontoggle: (event) => (event.target.open ? this.open.add(name) : this.open.delete(name)) },
      el('summary', {}, el('h2', {}, title)), content);
  }

  drawLadder() {
    const width = Math.max(320, Math.floor(this.drawing.clientWidth || 800));
    const wasOpen = this.drawing.querySelector('details')?.open;
    replace(this.drawing, ladder(this.story.ladder, live.now(), width));
    if (wasOpen) {
      this.drawing.querySelector('details').open = true;
    }
  }

  tick() {
    if (this.story) {
      const { summary } = this.story;
      const begin = Date.parse(summary.call_time ?? summary.written);
      const end = summary.complete ? Date.parse(summary.ended_at ?? summary.call_time) : live.now();
      setText(this.clock, words.clock((end - begin) / 1000));
    }
  }
}

function heading(call, clock) {
  const src = words.party(call.src, call.src_name);
  const dst = words.party(call.dst ?? call.dialled, call.dst_name);
  const person = ({ number, name }) => el('span', { class: 'person' }, number || name, number && name && el('small', {}, name));
  return el('header', { class: 'who' },
    el('h1', {}, person(src), el('span', { class: 'arrow', 'aria-label': 'to' }, '→'), person(dst)),
    el('p', {}, el('span', { class: 'chip', 'data-state': call.state }, words.state(call)), clock,
      el('span', {}, words.direction(call)), el('span', { class: 'id' }, `${call.pbx} · ${call.linkedid}`)));
}

function facts(call, told) {
  const last = told.queue?.at(-1);
  const list = [
    ['Began', words.dayAndTime(told.call_time)],
    ['Answered', told.answered_at && words.time(told.answered_at)],
    ['Ended', told.ended_at && words.time(told.ended_at)],
    ['Lasted', told.ended_at && told.duration_seconds !== undefined && words.clock(told.duration_seconds)],
    ['Talked', told.talk_seconds > 0 && told.talk_seconds.toFixed(1) + ' s'],
    ['Rang', told.ring_seconds > 0 && told.ring_seconds.toFixed(1) + ' s'],
    ['On hold', told.hold_seconds > 0 && told.hold_seconds.toFixed(1) + ' s'],
    ['Dialled', told.dialled],
    ['Disposition', told.disposition],
    ['Hung up by', told.hangup && [told.hangup.by, told.hangup.cause_text].filter(Boolean).join(', ')],
    ['Queue', last && `${last.name}: ${last.outcome ?? 'waiting'}${last.attempts ? `, ${last.attempts.length} attempts` : ''}`],
    ['Voicemail', told.voicemail?.mailbox],
    ['Conference', told.conference && [told.conference.name, told.conference.participants?.length && 'with ' + told.conference.participants.join(', ')].filter(Boolean).join(' ')],
    ['Parked', told.parking?.map((slot) => slot.slot ?? slot.lot).join(', ')],
    ['Transfers', told.transfers?.map((move) => `${move.kind} to ${move.to?.extension ?? move.to?.number ?? '?'}`).join(', ')],
    ['Trunk', [told.trunk?.in, told.trunk?.out].filter(Boolean).join(' → ')],
    ['Tenant', told.tenant],
    ['Recording', told.recording_files?.map((file) => file.filename).join(', ')],
    ['Merged into', told.merged_into],
    ['Rows', told.completeness && (told.completeness.gaps ? 'some were lost before they came here' : [told.completeness.cel && 'events', told.completeness.cdr && 'CDRs'].filter(Boolean).join(' and '))],
  ].filter(([, value]) => value);
  return el('dl', { class: 'facts' }, list.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))));
}

function explain(story) {
  const reasons = Object.entries(story.explain);
  return reasons.length === 0
    ? el('p', { class: 'empty' }, 'The rows are no longer in their topics, so nothing can be explained by them.')
    : el('dl', { class: 'reasons' }, reasons.map(([decision, reason]) => el('div', {}, el('dt', {}, decision.replace('_', ' ')), el('dd', {}, reason))));
}

function revisions(all) {
  return el('ol', { class: 'revisions', reversed: true }, [...all].reverse().map((revision) => el('li', { value: revision.revision },
    el('h3', {}, `Revision ${revision.revision}`, el('small', {}, [revision.phase, words.dayAndTime(revision.written), `${revision.partition}:${revision.offset}`].filter(Boolean).join(' · '))),
    !revision.is_kept ? el('p', { class: 'empty' }, 'Its document was compacted away; the latest one tells it all.')
      : revision.changes === undefined ? el('p', { class: 'empty' }, 'The first document that is still there.')
        : revision.changes.length === 0 ? el('p', { class: 'empty' }, 'Nothing differs.') : changes(revision.changes))));
}

function changes(list) {
  const value = (node) => (node === undefined ? '' : typeof node === 'object' ? JSON.stringify(node) : String(node));
  return el('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': 'What changed' }, el('table', { class: 'changes' },
    el('thead', {}, el('tr', {}, ['Field', 'Before', 'After'].map((title) => el('th', { scope: 'col' }, title)))),
    el('tbody', {}, list.map((change) => el('tr', {}, el('th', { scope: 'row' }, change.path),
      el('td', { class: 'before' }, change.before === undefined ? '–' : JOURNAL.includes(change.path) ? `${change.before} entries` : value(change.before)),
      el('td', { class: 'after' }, change.after === undefined ? '–' : JOURNAL.includes(change.path) ? `${change.after} entries` : value(change.after)))))));
}

function relatives(list, pbx) {
  return el('ul', { class: 'relatives' }, list.map((relative) => el('li', {},
    el('a', { href: words.address({ pbx, linkedid: relative.linkedid }) }, relative.linkedid), ' ',
    relative.relation === 'merged_into' ? 'tells this call’s story' : 'shares channels with this call',
    relative.summary && el('small', {}, `${plain(relative.summary.src ?? relative.summary.src_name ?? '')} → ${plain(relative.summary.dst ?? '')}, ${words.state(relative.summary)}`))));
}

function rows(story) {
  const note = !story.rows_are_whole && el('p', { class: 'fault' }, 'The time of this call was too long to be searched to its end: some rows may be missing.');
  if (story.rows.length === 0) {
    return el('div', {}, note, el('p', { class: 'empty' }, 'The rows are no longer in their topics.'));
  }
  const titles = ['Time', 'Table', 'Event', 'Channel', 'Extension', 'Application', 'uniqueid', 'Detail'];
  return el('div', {}, note, el('div', { class: 'wide rows', tabindex: '0', role: 'region', 'aria-label': 'Rows' }, el('table', {},
    el('thead', {}, el('tr', {}, titles.map((title) => el('th', { scope: 'col' }, title)))),
    el('tbody', {}, story.rows.map(({ table, at, columns: row }) => el('tr', {}, (table === 'cel'
      ? [time(at), 'cel', row.eventtype, row.channame, [row.exten, row.context].filter(Boolean).join('@'), [row.appname, row.appdata].filter(Boolean).join(' '), row.uniqueid, [row.peer, row.extra].filter(Boolean).join(' ')]
      : [time(at), 'cdr', row.disposition, [row.channel, row.dstchannel].filter(Boolean).join(' → '), [row.dst, row.dcontext].filter(Boolean).join('@'), [row.lastapp, row.lastdata].filter(Boolean).join(' '), row.uniqueid, `${row.src ?? ''} ${row.clid ?? ''} ${row.duration ?? ''}/${row.billsec ?? ''} s`]
    ).map((text, i) => el('td', i === 0 ? { class: 'clock' } : {}, text))))))));
}

function time(at) {
  return at === undefined ? '' : words.time(at) + '.' + String(Math.floor(at % 1000)).padStart(3, '0');
}

function without(told, names) {
  return Object.fromEntries(Object.entries(told).map(([name, value]) => [name, names.includes(name) && Array.isArray(value) ? `… ${value.length} entries` : value]));
}

export function json(value) {
  const lines = JSON.stringify(value, null, 2).split('\n').map(plain).join('\n');
  return el('pre', { tabindex: '0', role: 'region', 'aria-label': 'As JSON' }, pre(lines));
}

// A text node with its line ends: el() would show them as what they are.
export function pre(text) {
  return document.createTextNode(text);
}
