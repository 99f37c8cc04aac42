"use strict";
const main = document.querySelector("main");
const silence = document.getElementById("silence");
const period = Number(document.body.dataset.poll);
const patience = Number(document.body.dataset.patience);
let answered = new Date();

// Changes what differs and leaves the rest as it is: a text that somebody is selecting stays selected.
function merge(now, next) {
  if (now.isEqualNode(next)) {
    return;
  }
  if (now.nodeName !== next.nodeName) {
    now.replaceWith(next);
    return;
  }
  if (now.nodeType === Node.TEXT_NODE) {
    now.data = next.data;
    return;
  }
  for (const { name } of [...now.attributes]) {
    if (!next.hasAttribute(name)) {
      now.removeAttribute(name);
    }
  }
  for (const { name, value } of next.attributes) {
    now.setAttribute(name, value);
  }
  const children = [...next.childNodes];
  while (now.childNodes.length > children.length) {
    now.lastChild.remove();
  }
  children.forEach((child, i) => i < now.childNodes.length ? merge(now.childNodes[i], child) : now.append(child));
}

async function poll() {
  if (!document.hidden) {
    try {
      const reply = await fetch(".", { cache: "no-store", signal: AbortSignal.timeout(patience) });
      const text = await reply.text();
      if (!reply.ok) {
        throw new Error(text.trim());
      }
      const next = new DOMParser().parseFromString(text, "text/html");
      merge(main, next.querySelector("main"));
      document.title = next.title;
      silence.hidden = true;
      answered = new Date();
    } catch (problem) {
      silence.textContent = `No answer from the host since ${answered.toLocaleTimeString()} (${problem.message}). What follows is from then.`;
      silence.hidden = false;
      document.title = `NO ANSWER - ${document.body.dataset.name}`;
    }
  }
  setTimeout(poll, period);
}

setTimeout(poll, period);
