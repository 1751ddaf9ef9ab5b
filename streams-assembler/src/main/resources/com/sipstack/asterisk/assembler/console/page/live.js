// What the server tells of itself: the calls on the board, and what stands above them. Listeners are told once a frame at most.
const MOST_FINISHED = 300;
const SILENCE = 15000;

export const calls = new Map();
export let state = null;
export let link = 'connecting';

const listeners = new Set();
let due = null;
let clockAhead = 0;
let heard = 0;
let source = null;
let ready = false;

export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

// The server's clock: a desk's may be minutes off.
export const now = () => Date.now() + clockAhead;

export function start() {
  if (!document.hidden) {
    open();
  }
  setInterval(() => {
    if (source !== null && Date.now() - heard > SILENCE) {
      open();
    }
  }, 5000);
  // A browser has six connections to a server for all of its tabs: a page that nobody sees leaves them to the others
  document.addEventListener('visibilitychange', () => document.hidden ? leave() : open());
  addEventListener('pagehide', leave);
  addEventListener('pageshow', (event) => event.persisted && open());
}

function leave() {
  source?.close();
  source = null;
}

function open() {
  source?.close();
  heard = Date.now();
  source = new EventSource('api/events');
  const seen = new Set();
  source.onopen = () => {
    seen.clear();
    ready = false;
  };
  source.onerror = () => say('offline');
  listen('state', (told) => {
    state = told;
    clockAhead = told.now - Date.now();
  });
  listen('calls', (told) => {
    for (const call of told.calls) {
      put(call);
      if (!ready) {
        seen.add(call.pbx + '|' + call.linkedid);
      }
    }
  });
  listen('gone', (keys) => keys.forEach((key) => calls.delete(key)));
  listen('ready', () => {
    // What ended and was let go while nobody listened
    if (!ready) {
      [...calls.keys()].filter((key) => !seen.has(key)).forEach((key) => calls.delete(key));
    }
    ready = true;
    say('live');
  });
}

function listen(event, take) {
  source.addEventListener(event, (message) => {
    heard = Date.now();
    take(JSON.parse(message.data));
    changed();
  });
}

function put(call) {
  const key = call.pbx + '|' + call.linkedid;
  call.key = key;
  call.begin = call.call_time ? Date.parse(call.call_time) : call.written;
  call.end = call.ended_at ? Date.parse(call.ended_at) : null;
  calls.delete(key);
  calls.set(key, call);
  if (call.complete) {
    letGo();
  }
}

let finished = 0;

function letGo() {
  finished++;
  if (finished < MOST_FINISHED / 2) {
    return;
  }
  const ended = [...calls.values()].filter((call) => call.complete);
  ended.slice(0, Math.max(0, ended.length - MOST_FINISHED)).forEach((call) => calls.delete(call.key));
  finished = 0;
}

function say(how) {
  link = how;
  changed();
}

function changed() {
  due ??= requestAnimationFrame(() => {
    due = null;
    listeners.forEach((listener) => listener());
  });
}
