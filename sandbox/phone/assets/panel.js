// The panel: every change of a knob is applied at once.

const citizen = document.body.dataset.citizen ?? '';
const faults = /** @type {HTMLFormElement} */ (document.getElementById('faults-form'));
const person = /** @type {HTMLFormElement} */ (document.getElementById('citizen-form'));

/** @param {string} url @param {string} method @param {unknown} [body] */
const call = (url, method, body) =>
  fetch(url, {
    method,
    headers: { 'Content-Type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

/** @param {HTMLInputElement | HTMLSelectElement} field */
function valueOf(field) {
  switch (field.dataset.kind) {
    case 'number':
      return Number(field.value);
    case 'boolean':
      return /** @type {HTMLInputElement} */ (field).checked;
    case 'window':
      return Number(field.value) > 0 ? { windowMs: Number(field.value) } : null;
    case 'list':
      return [...faults.querySelectorAll(`[name="${field.name}"]:checked`)].map((box) => box.value);
    default:
      return field.value;
  }
}

faults.addEventListener('change', (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  const url = field.closest('[data-faults]')?.getAttribute('data-faults');
  if (url && field.checkValidity()) void call(url, 'PATCH', { [field.name]: valueOf(field) });
});
faults.addEventListener('submit', (event) => event.preventDefault());

person.addEventListener('change', (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  void call(`/sandbox/citizens/${encodeURIComponent(citizen)}`, 'PATCH', { [field.name]: field.checked });
});

document.addEventListener('click', async (event) => {
  const action = /** @type {Element} */ (event.target).closest('[data-action]')?.getAttribute('data-action');
  if (action === 'reset-faults') {
    const all = [...faults.querySelectorAll('[data-faults]')].map((section) => section.dataset.faults);
    for (const url of [faults.dataset.faults, ...all]) await call(url, 'DELETE');
  } else if (action === 'clear-chats') await call('/sandbox/chat', 'DELETE');
  else return;
  location.reload();
});

/**
 * Shows the payments that wait for the bank, or for a UPI app, each with two buttons that decide.
 * @param {HTMLElement} list
 */
async function showPending(list) {
  const address = `/sandbox/${list.dataset.gateway}/orders`;
  /** @param {string} state */
  const inState = async (state) => (await (await fetch(`${address}?state=${state}`)).json()).orders;
  const open = await inState('open');
  const inApp = open.filter((order) => order.inApp && order.obstacle === null);
  const orders = [
    ...(await inState('pending')).map((order) => ({ ...order, decide: 'settle', choice: {} })),
    ...inApp.map((order) => ({ ...order, decide: 'pay', choice: { method: 'upi' } })),
  ];
  const shown = orders.map(({ reference, amount, decide, choice }) => {
    const row = document.createElement('li');
    const what = document.createElement('span');
    const where = decide === 'pay' ? 'in a UPI app · ' : '';
    what.textContent = `${where}₹${(amount / 100).toFixed(2)} · ${reference}`;
    row.append(what);
    for (const outcome of ['success', 'failure']) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = outcome;
      button.addEventListener('click', async () => {
        await call(`${address}/${encodeURIComponent(reference)}/${decide}`, 'POST', { outcome, ...choice });
        await showPending(list);
      });
      row.append(button);
    }
    return row;
  });
  // Left alone while it is the same: somebody may be about to press a button.
  const ids = orders.map(({ reference, decide }) => `${decide} ${reference}`).join();
  if (list.dataset.orders !== ids) list.replaceChildren(...shown);
  list.dataset.orders = ids;
}

for (const list of document.querySelectorAll('[data-gateway]')) {
  setInterval(() => {
    const open = list.closest('details')?.open;
    // The process may be about to restart.
    if (open && !document.hidden) showPending(list).catch(() => undefined);
  }, 2_000);
}

document.addEventListener('wire', (event) => {
  const { waiting, lastAnswer, windowOpen, failNext } = /** @type {CustomEvent} */ (event).detail;
  const good = lastAnswer === 200;
  const words =
    lastAnswer === null
      ? 'none sent yet'
      : lastAnswer === 'none'
        ? 'no answer'
        : `last answered ${lastAnswer}`;
  const lamp = document.getElementById('lamp');
  const wire = document.getElementById('wire');
  if (lamp) lamp.dataset.answer = lastAnswer === null ? '' : good ? 'good' : 'bad';
  if (wire) wire.textContent = `${words} · ${waiting} waiting`;
  const open = person.elements.namedItem('windowOpen');
  if (open instanceof HTMLInputElement) open.checked = windowOpen;
  // The count goes down as sends fail; leave it alone while somebody types in it.
  const next = faults.elements.namedItem('failNext');
  if (next instanceof HTMLInputElement && next !== document.activeElement) next.value = String(failNext);
});
