// Asks for the part of the page that may change, until it comes without an address to ask (`data-live`).

const everyMs = 3_000;
const patienceMs = 10_000;

/** The new part in place of the old one. Whoever was on a button or a link in it stays there. */
function exchange(part, text) {
  const { title, body } = new DOMParser().parseFromString(text, 'text/html');
  const next = body.firstElementChild;
  if (!next) return;
  const focused = part.contains(document.activeElement) ? document.activeElement.id : '';
  document.title = title;
  part.replaceWith(next);
  if (focused) document.getElementById(focused)?.focus();
}

async function look() {
  const part = document.querySelector('[data-live]');
  if (!part) return;
  const given = new AbortController();
  const timer = setTimeout(() => given.abort(), patienceMs);
  try {
    // Nobody sees a hidden page.
    const response = document.hidden ? undefined : await fetch(part.dataset.live, { signal: given.signal });
    if (response?.status === 200) exchange(part, await response.text());
  } catch {
    // A network that is away may be back in three seconds.
  }
  clearTimeout(timer);
  setTimeout(look, everyMs);
}

setTimeout(look, everyMs);
