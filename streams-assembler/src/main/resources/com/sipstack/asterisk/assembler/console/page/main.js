import { el, replace, setText } from './dom.js';
import { board } from './board.js';
import { call } from './call.js';
import { find } from './find.js';
import { letters } from './letters.js';
import * as live from './live.js';
import * as words from './words.js';

const view = document.getElementById('view');
const query = document.getElementById('query');
const news = document.getElementById('news');
const VIEWS = { board, call, find, letters };
const NEWS_EVERY = 15000;
let leave = () => {};
let lastNews = { at: 0, text: '' };

function route() {
  const [path, parameters] = location.hash.replace(/^#\/?/, '').split('?');
  const parts = path.split('/').map(decodeURIComponent);
  const name = VIEWS[parts[0]] ? parts[0] : 'board';
  leave();
  document.querySelectorAll('nav a').forEach((link) => {
    link.toggleAttribute('aria-current', false);
    if (link.dataset.view === name) {
      link.setAttribute('aria-current', 'page');
    }
  });
  document.body.dataset.view = name;
  leave = VIEWS[name](view, parts.slice(1), new URLSearchParams(parameters)) ?? (() => {});
  scrollTo(0, 0);
}

function safely(change) {
  try {
    change();
  } catch (fault) {
    replace(view, el('p', { class: 'fault', role: 'alert' }, 'This address cannot be shown: ' + fault.message));
  }
}

function above() {
  const link = document.getElementById('link');
  link.dataset.link = live.link;
  setText(document.getElementById('link-text'), live.link);
  const count = live.state?.letters ?? 0;
  setText(document.getElementById('letter-count'), count > 0 ? words.count(count) : '');
  tell();
}

// A reader of screens is told how things stand four times a minute at most.
function tell() {
  if (!live.state || Date.now() - lastNews.at < NEWS_EVERY) {
    return;
  }
  const minute = live.state.rates.at(-2);
  const text = `${words.count(live.state.live)} calls in progress, ${minute.failed} failed in the last minute`;
  if (text !== lastNews.text) {
    setText(news, text);
    lastNews = { at: Date.now(), text };
  }
}

document.getElementById('search').addEventListener('submit', (event) => {
  event.preventDefault();
  location.hash = '#/find?q=' + encodeURIComponent(query.value.trim());
});
query.addEventListener('input', () => document.dispatchEvent(new CustomEvent('narrow', { detail: query.value })));
document.addEventListener('keydown', (event) => {
  const typing = event.target.closest?.('input, select, textarea, dialog');
  if (typing || event.ctrlKey || event.metaKey || event.altKey) {
    if (event.key === 'Escape' && event.target === query) {
      query.value = '';
      query.dispatchEvent(new Event('input'));
      view.focus();
    }
    return;
  }
  if (event.key === '/' || /^[0-9+]$/.test(event.key)) {
    query.focus();
    query.select();
    if (event.key === '/') {
      event.preventDefault();
    }
  }
});
addEventListener('hashchange', () => safely(route));
live.onChange(above);
live.start();
safely(route);
