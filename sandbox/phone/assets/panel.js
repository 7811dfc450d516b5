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
    for (const url of ['/sandbox/faults', '/sandbox/back-office/faults']) await call(url, 'DELETE');
  } else if (action === 'clear-chats') await call('/sandbox/chat', 'DELETE');
  else return;
  location.reload();
});

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
