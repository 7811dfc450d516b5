// The chat: sends what the citizen does, shows what comes. Pages work from what the server rendered.

// Before the stream opens, the panel listens.
import './panel.js';

/** @type {(id: string) => HTMLElement} */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const citizen = document.body.dataset.citizen ?? '';
const chat = byId('chat');
const scroller = byId('scroller');
const typing = byId('typing');
const presence = byId('presence');
const text = /** @type {HTMLTextAreaElement} */ (byId('text'));
const sheet = /** @type {HTMLDialogElement} */ (byId('sheet'));
const messageMenu = byId('message-menu');
const attachMenu = byId('attach-menu');

/** What the next text is: an answer to a message, the new words of one, or neither. */
let answering = /** @type {{ kind: 'reply' | 'edit', wamid: string } | undefined} */ (undefined);
/** The message whose menu is open. */
let chosen = /** @type {HTMLElement | undefined} */ (undefined);

// ---- What the citizen does ----

/** @param {unknown} action */
async function say(action) {
  const response = await fetch(`/sandbox/citizens/${encodeURIComponent(citizen)}/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(action),
  }).catch(() => undefined);
  if (!response?.ok) toast('That could not be sent');
  return response?.ok === true;
}

let toastTimer = 0;
/** @param {string} words */
function toast(words) {
  byId('toast').textContent = words;
  clearTimeout(toastTimer);
  toastTimer = window.setTimeout(() => (byId('toast').textContent = ''), 4000);
}

byId('composer').addEventListener('submit', async (event) => {
  event.preventDefault();
  const words = text.value.trim();
  if (words === '') return;
  const action =
    answering?.kind === 'edit'
      ? { edit: { messageId: answering.wamid, text: words } }
      : { text: words, ...(answering && { replyTo: answering.wamid }) };
  text.value = '';
  stopAnswering();
  if (!(await say(action)) && text.value === '') text.value = words;
  text.focus();
});

text.addEventListener('keydown', (event) => {
  // While a script is being composed, Enter belongs to the keyboard.
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  /** @type {HTMLFormElement} */ (byId('composer')).requestSubmit();
});

byId('picture').addEventListener('change', async (event) => {
  const input = /** @type {HTMLInputElement} */ (event.target);
  const file = input.files?.[0];
  if (!file) return;
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  input.value = '';
  await say({ image: { base64: btoa(binary), mimeType: file.type } });
});

/** @type {Record<string, (element: HTMLElement) => void>} */
const actions = {
  say: (element) => {
    closeMenus();
    closeDrawers();
    void say(JSON.parse(element.dataset.say ?? '{}'));
  },
  tap: (element) => {
    const messageId = bubbleOf(element)?.dataset.wamid;
    void say({ tap: { messageId, choiceId: element.dataset.choice } });
  },
  'open-list': openList,
  review: reviewOrder,
  'pick-picture': () => {
    closeMenus();
    byId('picture').click();
  },
  attach: (element) => {
    const open = attachMenu.hidden;
    closeMenus();
    if (open) openMenu(attachMenu, element);
  },
  more: (element) => {
    chosen = bubbleOf(element);
    const own = chosen?.dataset.direction === 'inbound';
    for (const item of messageMenu.querySelectorAll('[data-own]')) item.toggleAttribute('hidden', !own);
    openMenu(messageMenu, element);
  },
  react: (element) => {
    void say({ reaction: { messageId: chosen?.dataset.wamid, emoji: element.dataset.emoji } });
    closeMenus();
  },
  reply: () => startAnswering('reply'),
  edit: () => startAnswering('edit'),
  delete: () => {
    void say({ revoke: { messageId: chosen?.dataset.wamid } });
    closeMenus();
  },
  'stop-answering': stopAnswering,
  jump: (element) => {
    const target = find(element.dataset.target ?? '');
    target?.scrollIntoView({ block: 'center', behavior: 'smooth' });
    target?.classList.add('found');
    setTimeout(() => target?.classList.remove('found'), 1200);
  },
  play: (element) => {
    const voice = element.parentElement;
    const audio = voice?.querySelector('audio');
    audio?.addEventListener('ended', () => voice?.classList.remove('playing'), { once: true });
    voice?.classList.add('playing');
    audio?.play().catch(() => voice?.classList.remove('playing'));
  },
  'open-people': () => openDrawer('people'),
  'open-panel': () => openDrawer('panel'),
  'close-drawers': closeDrawers,
};

document.addEventListener('click', (event) => {
  const element = /** @type {Element} */ (event.target).closest('[data-action]');
  if (element instanceof HTMLElement) actions[element.dataset.action ?? '']?.(element);
  else if (!(/** @type {Element} */ (event.target).closest('.menu'))) closeMenus();
});

// A long press, or the other mouse button, opens a message's menu as the small arrow does.
chat.addEventListener('contextmenu', (event) => {
  const more = bubbleOf(/** @type {Element} */ (event.target))?.querySelector('.more');
  if (!(more instanceof HTMLElement) || /** @type {Element} */ (event.target).closest('a, img')) return;
  event.preventDefault();
  actions.more?.(more);
});

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    closeMenus();
    closeDrawers();
    stopAnswering();
  }
  const menu = /** @type {Element} */ (event.target).closest('.menu');
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (!menu || step === undefined) return;
  event.preventDefault();
  const items = /** @type {HTMLElement[]} */ ([...menu.querySelectorAll('[role=menuitem]:not([hidden])')]);
  const at = items.findIndex((item) => item === document.activeElement);
  items[(at + step + items.length) % items.length]?.focus();
});

/** @param {'reply' | 'edit'} kind */
function startAnswering(kind) {
  const wamid = chosen?.dataset.wamid;
  const words = chosen?.querySelector('.more')?.getAttribute('data-text') ?? '';
  closeMenus();
  if (wamid === undefined) return;
  answering = { kind, wamid };
  byId('answering').hidden = false;
  byId('answering-what').textContent = kind === 'edit' ? 'Edit' : 'Reply';
  byId('answering-text').textContent = words;
  if (kind === 'edit') text.value = words;
  text.focus();
}

function stopAnswering() {
  answering = undefined;
  byId('answering').hidden = true;
}

// ---- Menus, drawers, the list ----

let opener = /** @type {HTMLElement | undefined} */ (undefined);

/** @param {HTMLElement} menu @param {HTMLElement} by */
function openMenu(menu, by) {
  closeMenus();
  opener = by;
  by.setAttribute('aria-expanded', 'true');
  menu.hidden = false;
  /** @type {HTMLElement | null} */ (menu.querySelector('[role=menuitem]'))?.focus();
}

function closeMenus() {
  if (attachMenu.hidden && messageMenu.hidden) return;
  attachMenu.hidden = true;
  messageMenu.hidden = true;
  opener?.setAttribute('aria-expanded', 'false');
  opener?.focus();
}

/** @param {string} id */
function openDrawer(id) {
  byId(id).classList.add('open');
  /** @type {HTMLElement | null} */ (byId(id).querySelector('a, button, input, summary'))?.focus();
}

function closeDrawers() {
  for (const drawer of document.querySelectorAll('.drawer.open')) drawer.classList.remove('open');
}

/** @param {HTMLElement} element */
function reviewOrder(element) {
  const template = element.parentElement?.querySelector('template');
  if (!template) return;
  sheet.replaceChildren(template.content.cloneNode(true));
  const reference = /** @type {HTMLElement} */ (sheet.querySelector('form')).dataset.reference ?? '';
  sheet.returnValue = '';
  sheet.onclose = () => {
    if (sheet.returnValue !== '') void pay(reference, sheet.returnValue);
    element.focus();
  };
  sheet.showModal();
}

/** @param {string} reference @param {string} outcome */
async function pay(reference, outcome) {
  const response = await fetch(`/sandbox/orders/${encodeURIComponent(reference)}/pay`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ outcome }),
  }).catch(() => undefined);
  if (!response?.ok) toast('This order can no longer be paid');
}

/** @param {HTMLElement} element */
function openList(element) {
  const template = element.parentElement?.querySelector('template');
  const messageId = bubbleOf(element)?.dataset.wamid;
  if (!template) return;
  sheet.replaceChildren(template.content.cloneNode(true));
  const form = /** @type {HTMLFormElement} */ (sheet.querySelector('form'));
  form.addEventListener('change', () => {
    const send = /** @type {HTMLButtonElement} */ (form.querySelector('.primary'));
    send.disabled = false;
  });
  sheet.returnValue = '';
  sheet.onclose = () => {
    const choiceId = new FormData(form).get('choice');
    if (sheet.returnValue === 'send' && choiceId !== null) void say({ tap: { messageId, choiceId } });
    element.focus();
  };
  sheet.showModal();
  /** @type {HTMLElement | null} */ (sheet.querySelector('input'))?.focus();
}

// A tap beside the sheet closes it.
sheet.addEventListener('click', (event) => {
  if (event.target === sheet) sheet.close('');
});

// ---- What comes ----

/** @param {string} wamid */
const find = (wamid) =>
  /** @type {HTMLElement | null} */ (chat.querySelector(`[data-wamid="${CSS.escape(wamid)}"]`));

/** @param {Element} element */
const bubbleOf = (element) =>
  /** @type {HTMLElement | undefined} */ (element.closest('.bubble') ?? undefined);

const atEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 120;
const toEnd = () => scroller.scrollTo({ top: scroller.scrollHeight });

/** @param {string} html */
function parse(html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content;
}

/** @param {{ wamid: string, seq: number, html: string }} message */
function show({ wamid, seq, html }) {
  const stay = !atEnd();
  const bubble = /** @type {HTMLElement} */ (parse(html).firstElementChild);
  const old = find(wamid);
  if (old) {
    // The same message again: only what can change is put in, so that focus and screen readers stay where they are.
    if (old.outerHTML !== bubble.outerHTML) replaceParts(old, bubble);
    return;
  }
  bubble.classList.add('fresh');
  const next = [...chat.querySelectorAll('[data-seq]')].find((other) => Number(other.dataset.seq) > seq);
  if (next) next.before(bubble);
  else chat.append(bubble);
  if (!stay || bubble.dataset.direction === 'inbound') toEnd();
  for (const image of bubble.querySelectorAll('img')) image.addEventListener('load', () => !stay && toEnd());
}

/** @param {HTMLElement} old @param {HTMLElement} fresh */
function replaceParts(old, fresh) {
  const meta = fresh.querySelector('.meta');
  const words = fresh.querySelector('.words');
  if (meta) old.querySelector('.meta')?.replaceWith(meta);
  if (words && old.querySelector('.words')?.outerHTML !== words.outerHTML) {
    if (words.classList.contains('gone'))
      old.querySelectorAll('.box > :not(.meta, .words)').forEach((e) => e.remove());
    const present = old.querySelector('.words');
    if (present) present.replaceWith(words);
    else old.querySelector('.box')?.prepend(words);
  }
  const order = fresh.querySelector('.order');
  if (order) {
    old.querySelector('.order')?.replaceWith(order);
    if (!fresh.querySelector('.buttons')) old.querySelector('.buttons')?.remove();
  }
  old.querySelector('.reactions')?.remove();
  const reactions = fresh.querySelector('.reactions');
  if (reactions) old.append(reactions);
}

let typingTimer = 0;
/** @param {number} forMs */
function showTyping(forMs) {
  const stay = !atEnd();
  clearTimeout(typingTimer);
  typing.hidden = forMs <= 0;
  presence.textContent = forMs > 0 ? 'typing…' : 'Business account';
  if (forMs > 0) {
    typingTimer = window.setTimeout(() => showTyping(0), forMs);
    if (!stay) toEnd();
  }
}

let stream = /** @type {EventSource | undefined} */ (undefined);

function listen() {
  stream = new EventSource(`/phone/${encodeURIComponent(citizen)}/events`);
  /** @param {string} name @param {(data: any) => void} what */
  const on = (name, what) =>
    stream?.addEventListener(name, (event) => what(JSON.parse(/** @type {MessageEvent} */ (event).data)));
  on('hello', () => void catchUp());
  on('bubble', show);
  on('typing', ({ forMs }) => showTyping(forMs));
  on('cleared', () => location.reload());
  on('person', ({ id, html }) => {
    const item = document.querySelector(`[data-person="${CSS.escape(id)}"]`);
    // What is exchanged under a finger loses its click.
    if (item && item.innerHTML !== html) item.innerHTML = html;
  });
  on('wire', (wire) => document.dispatchEvent(new CustomEvent('wire', { detail: wire })));
}

/** What came while nobody listened: before the stream opened, or while it was broken. */
async function catchUp() {
  const response = await fetch(`/phone/${encodeURIComponent(citizen)}/chat`).catch(() => undefined);
  if (!response?.ok) return;
  for (const bubble of parse(await response.text()).querySelectorAll('.bubble')) {
    const { wamid = '', seq } = /** @type {HTMLElement} */ (bubble).dataset;
    show({ wamid, seq: Number(seq), html: bubble.outerHTML });
  }
}

// A hidden page reads nothing: the corporation's messages stay delivered until somebody looks.
document.addEventListener('visibilitychange', () => {
  stream?.close();
  if (!document.hidden) listen();
});

toEnd();
addEventListener('load', toEnd);
if (matchMedia('(hover: hover)').matches) text.focus();
if (!document.hidden) listen();
