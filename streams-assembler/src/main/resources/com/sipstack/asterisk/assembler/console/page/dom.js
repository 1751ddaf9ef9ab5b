// Elements are made of names and text, never of markup: what a caller chose to be called stays text.
const SVG = 'http://www.w3.org/2000/svg';
// Marks that turn the direction of writing, and controls, are shown as what they are
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]/gu;

export function plain(value) {
  return value === undefined || value === null
    ? ''
    : String(value).replace(UNSEEN, (character) => '\\u' + character.codePointAt(0).toString(16).padStart(4, '0'));
}

export function el(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

export function setText(node, value) {
  const text = plain(value);
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

export function replace(node, ...children) {
  node.replaceChildren(...children.flat().filter(Boolean));
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      node.addEventListener(name.slice(2), value);
    } else if (value !== undefined && value !== null && value !== false) {
      node.setAttribute(name, value === true ? '' : plain(value));
    }
  }
  for (const child of children.flat()) {
    if (child !== undefined && child !== null && child !== false) {
      node.append(child instanceof Node ? child : plain(child));
    }
  }
  return node;
}
