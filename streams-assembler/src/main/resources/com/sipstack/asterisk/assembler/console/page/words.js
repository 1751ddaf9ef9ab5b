// How the page says things.
const STATES = {
  ringing: 'Ringing', menu: 'In a menu', queued: 'In queue', talking: 'Talking', parked: 'Parked', conference: 'Conference',
  voicemail: 'Voicemail', answered: 'Answered', merged: 'Merged', machine: 'Menu only', no_answer: 'No answer', busy: 'Busy',
  failed: 'Failed',
};
const DIRECTIONS = { i: 'Inbound', o: 'Outbound', x: 'Internal' };
const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const DAY = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'short', day: '2-digit' });
const COUNT = new Intl.NumberFormat();

export const state = (call) => STATES[call.state] ?? call.state;
export const direction = (call) => DIRECTIONS[call.direction] ?? '';
export const count = (number) => COUNT.format(number);
export const outcomes = Object.entries(STATES);

export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const rest = String(Math.floor(whole / 60) % 60).padStart(2, '0') + ':' + String(whole % 60).padStart(2, '0');
  return hours > 0 ? hours + ':' + rest : rest;
}

export function ago(milliseconds) {
  const seconds = Math.max(0, milliseconds / 1000);
  if (seconds < 60) {
    return Math.round(seconds) + ' s';
  }
  if (seconds < 5400) {
    return Math.round(seconds / 60) + ' min';
  }
  return seconds < 172800 ? Math.round(seconds / 3600) + ' h' : Math.round(seconds / 86400) + ' d';
}

export function lag(milliseconds) {
  return milliseconds < 950 ? milliseconds + ' ms' : milliseconds < 10000 ? (milliseconds / 1000).toFixed(1) + ' s' : ago(milliseconds);
}

export function time(instant) {
  return instant === undefined || instant === null ? '' : TIME.format(new Date(instant));
}

export function dayAndTime(instant) {
  const date = new Date(instant);
  return instant === undefined || instant === null ? '' : DAY.format(date) + ', ' + TIME.format(date);
}

export function party(number, name, otherwise = 'unknown') {
  return { number: number ?? (name ? '' : otherwise), name: name && name !== number ? name : '' };
}

export const address = (call) => '#/call/' + encodeURIComponent(call.pbx) + '/' + encodeURIComponent(call.linkedid);
export const keyOf = (call) => call.pbx + '|' + call.linkedid;
