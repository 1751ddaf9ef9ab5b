import { el, plain, svg } from './dom.js';
import * as words from './words.js';

export const KINDS = {
  wait: 'Waiting for an answer', ring: 'Ringing', menu: 'Menu', queue: 'In queue', announcement: 'Announcement', park: 'Parked',
  voicemail: 'Voicemail', talk: 'Talking', conference: 'Conference', hold: 'On hold', recording: 'Recording',
};
const MARKS = { answer: 'Answer', hangup: 'Hangup', blindtransfer: 'Blind transfer', attendedtransfer: 'Attended transfer', pickup: 'Pickup', forward: 'Forward' };
const ORDER = Object.keys(KINDS);
const LANE = 40;
const AXIS = 26;
const STEPS = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400];

// A lane for each channel, time from left to right. The same is said in words below it.
export function ladder(lanes, now, width) {
  if (lanes.length === 0) {
    return el('p', { class: 'empty' }, 'No channels are known.');
  }
  const scale = scaleOf(lanes, now, width);
  const height = AXIS + lanes.length * LANE + 6;
  const people = lanes.filter((lane) => !lane.plumbing).length;
  return el('figure', { class: 'ladder' },
    svg('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': `${people} channels over ${words.clock((scale.end - scale.begin) / 1000)}; the list below says the same` },
      axis(scale, height), bridges(lanes, scale), lanes.map((lane, i) => drawLane(lane, AXIS + i * LANE, scale, i))),
    legend(lanes), inWords(lanes, scale));
}

function scaleOf(lanes, now, width) {
  const begin = Math.min(...lanes.map((lane) => lane.start));
  const ends = lanes.flatMap((lane) => [lane.end ?? now, ...lane.marks.map((mark) => mark.at)]);
  const end = Math.max(begin + 1000, ...ends);
  const left = width < 560 ? 112 : 200;
  const perMilli = (width - left - 16) / (end - begin);
  return { begin, end, left, right: width - 16, width, x: (at) => left + ((at ?? end) - begin) * perMilli };
}

function axis(scale, height) {
  const seconds = (scale.end - scale.begin) / 1000;
  const most = Math.max(2, Math.floor((scale.right - scale.left) / 84));
  const step = STEPS.find((size) => seconds / size <= most) ?? Math.ceil(seconds / most);
  const ticks = [];
  for (let at = 0; at <= seconds; at += step) {
    const x = scale.x(scale.begin + at * 1000);
    const text = step < 1 ? at.toFixed(1) + ' s' : words.clock(at);
    ticks.push(svg('line', { class: 'tick', x1: x, x2: x, y1: AXIS - 6, y2: height }));
    if (x + 34 < scale.width) {
      ticks.push(svg('text', { class: 'axis', x: x + 3, y: 12 }, text));
    }
  }
  return svg('g', {}, ticks);
}

// Where a channel comes to others, a line leads to the nearest of them.
function bridges(lanes, scale) {
  const stays = lanes.flatMap((lane, i) => lane.spans.filter((span) => span.with).map((span) => ({ lane: i, ...span })));
  stays.sort((a, b) => a.start - b.start);
  const lines = stays.map((stay, i) => {
    const others = stays.slice(0, i).filter((other) => other.with === stay.with && other.lane !== stay.lane && (other.end ?? scale.end) > stay.start);
    const nearest = others.sort((a, b) => Math.abs(a.lane - stay.lane) - Math.abs(b.lane - stay.lane))[0];
    const [top, bottom] = nearest ? [stay.lane, nearest.lane].sort((a, b) => a - b) : [];
    const x = scale.x(stay.start);
    return nearest && svg('line', { class: 'bridge', x1: x, x2: x, y1: AXIS + top * LANE + 28, y2: AXIS + bottom * LANE + 8 });
  });
  return svg('g', {}, lines);
}

function drawLane(lane, y, scale, index) {
  const middle = y + 18;
  const spans = [...lane.spans].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  const narrow = scale.left < 150;
  return svg('g', { class: lane.plumbing ? 'lane plumbing' : 'lane' },
    index % 2 === 1 && svg('rect', { class: 'stripe', x: 0, y, width: scale.width, height: LANE }),
    svg('text', { class: 'who', x: 8, y: y + 16 }, cut(who(lane), narrow ? 14 : 23), svg('title', {}, lane.channel)),
    svg('text', { class: 'channel', x: 8, y: y + 31 }, cut(plain(lane.channel), narrow ? 17 : 30)),
    svg('line', { class: 'life', x1: scale.x(lane.start), x2: scale.x(lane.end), y1: middle, y2: middle }),
    spans.map((span) => drawSpan(span, y, scale)),
    lane.marks.map((mark) => drawMark(mark, middle, scale)));
}

function drawSpan(span, y, scale) {
  const x = scale.x(span.start);
  const width = Math.max(2, scale.x(span.end) - x);
  const thin = span.kind === 'recording';
  const box = svg('rect', { class: 'span ' + span.kind, x, y: thin ? y + 31 : span.kind === 'hold' ? y + 14 : y + 8, width, height: thin ? 3 : span.kind === 'hold' ? 8 : 20, rx: thin ? 1.5 : 3 },
    svg('title', {}, describe(span, scale)));
  const label = span.label && !thin && span.kind !== 'hold' ? span.label : '';
  const fits = Math.floor((width - 16) / 6.2);
  return svg('g', {}, box, label && fits > 2 && svg('text', { class: 'label ' + span.kind, x: x + 9, y: y + 22 }, cut(label, fits)));
}

function drawMark(mark, y, scale) {
  const x = scale.x(mark.at);
  const title = svg('title', {}, `${name(mark)} ${mark.label ?? ''} at ${words.clock((mark.at - scale.begin) / 1000)}`);
  if (mark.kind === 'answer') {
    return svg('circle', { class: 'mark answer', cx: x, cy: y, r: 4 }, title);
  }
  if (mark.kind === 'hangup') {
    return svg('path', { class: 'mark hangup', d: `M${x - 4} ${y - 4}l8 8m0 -8l-8 8` }, title);
  }
  return svg('path', { class: 'mark turn', d: `M${x} ${y - 17}l6 7l-6 7l-6 -7z` }, title);
}

function legend(lanes) {
  const used = new Set(lanes.flatMap((lane) => lane.spans.map((span) => span.kind)));
  const turns = lanes.some((lane) => lane.marks.some((mark) => !['answer', 'hangup'].includes(mark.kind)));
  const swatch = (kind, title) => el('li', {}, svg('svg', { width: 18, height: 12, 'aria-hidden': 'true' }, svg('rect', { class: 'span ' + kind, x: 0, y: kind === 'recording' ? 5 : 1, width: 18, height: kind === 'recording' ? 3 : 10, rx: 2 })), title);
  const sign = (shape, title) => el('li', {}, svg('svg', { width: 18, height: 14, 'aria-hidden': 'true' }, shape), title);
  return el('ul', { class: 'legend', 'aria-hidden': 'true' }, ORDER.filter((kind) => used.has(kind)).map((kind) => swatch(kind, KINDS[kind])),
    sign(svg('circle', { class: 'mark answer', cx: 9, cy: 7, r: 4 }), 'Answer'), sign(svg('path', { class: 'mark hangup', d: 'M5 3l8 8m0 -8l-8 8' }), 'Hangup'),
    turns && sign(svg('path', { class: 'mark turn', d: 'M9 0l6 7l-6 7l-6 -7z' }), 'Transfer, pickup, forward'));
}

function inWords(lanes, scale) {
  const rows = lanes.flatMap((lane) => [
    ...lane.spans.map((span) => [span.start, who(lane), KINDS[span.kind] ?? span.kind, span.label ?? '', words.clock(((span.end ?? scale.end) - span.start) / 1000)]),
    ...lane.marks.map((mark) => [mark.at, who(lane), name(mark), mark.label ?? '', '']),
  ]).sort((a, b) => a[0] - b[0]);
  return el('details', {}, el('summary', {}, 'The same in words'), el('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': 'The drawing in words' }, el('table', {},
    el('thead', {}, el('tr', {}, ['From', 'Who', 'What', 'Detail', 'For'].map((title) => el('th', { scope: 'col' }, title)))),
    el('tbody', {}, rows.map(([at, ...cells]) => el('tr', {}, el('td', { class: 'clock' }, ((at - scale.begin) / 1000).toFixed(1) + ' s'), cells.map((cell) => el('td', {}, cell))))))));
}

const name = (mark) => MARKS[mark.kind] ?? mark.label ?? mark.kind;
const describe = (span, scale) => `${KINDS[span.kind] ?? span.kind}${span.label ? ' ' + span.label : ''}: ${words.clock(((span.end ?? scale.end) - span.start) / 1000)} from ${words.clock((span.start - scale.begin) / 1000)}`;
const cut = (text, most) => (text.length > most ? text.slice(0, Math.max(1, most - 1)) + '…' : text);

export function who(lane) {
  const named = lane.extension ?? lane.number;
  return [named, lane.name !== named ? lane.name : ''].filter(Boolean).join(' ') || lane.channel || lane.uniqueid;
}
