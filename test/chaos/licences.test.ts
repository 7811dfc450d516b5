import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PayToken } from '../../domain/payments/order.ts';
import type { MessageView } from '../../sandbox/graph/view.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { addLicence, addTrades, type Ask, type Shop } from '../support/licences.ts';
import { startTown, type Town } from '../support/town.ts';

let town: Town;
const ask: Ask = (sql, values) => town.rows(sql, values);

beforeAll(async () => {
  town = await startTown({
    env: { SANDBOX_CITY: '0', WHATSAPP_UNKNOWN_WAIT: '3s', PAYMENT_POLLS: '3s,8s,15s,25s,40s,60s,1h' },
  });
  await addTrades(ask);
});
afterAll(() => town.stop());

const shopkeepers = 12;

interface Renewing {
  readonly shop: Shop;
  readonly citizen: string;
}

/** How many messages of ours somebody has in their chat. */
async function heardBy(citizen: string): Promise<number> {
  const { messages } = await town.sandbox<{ messages: MessageView[] }>('GET', `citizens/${citizen}/chat`);
  return messages.filter(({ direction, state }) => direction === 'outbound' && state !== 'failed').length;
}

/** Types what a shopkeeper types, up to the link for three years. */
async function renew({ shop, citizen }: Renewing): Promise<void> {
  for (const text of [`renew ${shop.number}`, 'ok', '3']) {
    const before = await heardBy(citizen);
    await town.sandbox('POST', `citizens/${citizen}/messages`, { text });
    await waitFor(`an answer to ${text}`, async () => (await heardBy(citizen)) > before, {
      timeoutMs: 60_000,
    });
  }
}

/** Presses the button of the pay page and pays at the gateway, whose callback comes twice. */
async function pay({ shop }: Renewing): Promise<void> {
  const [order] = await town.rows<{ id: string; token: PayToken }>(
    'select o.id, o.token from orders o join renewals r on r.order_id = o.id where r.id = $1',
    [shop.id],
  );
  if (!order) throw new Error('no order');
  const opened = async (): Promise<string | undefined> => {
    await fetch(`${town.apiUrl}/pay/${order.token}`, { method: 'POST' }).catch(() => undefined);
    const [attempt] = await town.rows<{ reference: string }>(
      `select reference from attempts where order_id = $1 and state = 'redirected'`,
      [order.id],
    );
    return attempt?.reference;
  };
  let reference: string | undefined;
  // As a person does: again, until it works.
  await waitFor("the gateway's page", async () => (reference = await opened()) !== undefined, {
    timeoutMs: 120_000,
    everyMs: 1_000,
  });
  const how = { outcome: 'success', webhookCopies: 2 };
  await town.sandbox('POST', `billdesk/orders/${reference ?? ''}/pay`, how);
}

test('worker and API are killed between payment and certificate: every licence is extended once, with one certificate, told once', async () => {
  const citizens = await town.invite(shopkeepers);
  const renewing = await Promise.all(
    citizens.map(async ({ id }): Promise<Renewing> => ({ shop: await addLicence(ask), citizen: id })),
  );
  await Promise.all(renewing.map(renew));

  const paying = Promise.all(renewing.map(pay));
  const renewed = async (): Promise<number> => {
    const [row] = await town.rows<{ count: number }>('select count(*)::int from certificates');
    return row?.count ?? 0;
  };
  const told = async (): Promise<number> => {
    const [row] = await town.rows<{ count: number }>(
      `select count(*)::int from messages where text_key = 'certificate' and wamid is not null`,
    );
    return row?.count ?? 0;
  };
  // Money has been taken, and most have nothing in their chat yet.
  await waitFor('the first payments', async () => (await renewed()) > 0, { timeoutMs: 120_000, everyMs: 20 });
  const before = await told();
  await town.killed('worker');
  await town.killed('api');
  await town.killed('worker');
  await paying;
  await waitFor('every certificate', async () => (await told()) === shopkeepers, {
    timeoutMs: 180_000,
    everyMs: 500,
  });
  // Else the kills came when nothing was under way, and this test has shown nothing.
  expect(before).toBeLessThan(shopkeepers);

  const rows = await town.rows(
    `select r.licence_number as number, r.valid_until::text as until, r.state,
       (select count(*)::int from certificates c where c.renewal_id = r.id) as certificates,
       (select count(*)::int from receipts p where p.order_id = r.order_id) as receipts
     from renewals r order by 1`,
  );
  const expected = renewing
    .map(({ shop }) => ({
      number: shop.number,
      until: shop.until(3),
      state: 'renewed',
      certificates: 1,
      receipts: 1,
    }))
    .sort((a, b) => (a.number < b.number ? -1 : 1));
  expect(rows).toEqual(expected);
  expect(await town.rows(`select from entries where kind = 'excess'`)).toEqual([]);
  // A certificate and a receipt each, once, beside the three answers.
  for (const { citizen } of renewing) {
    await waitFor('the receipt', async () => (await heardBy(citizen)) >= 5);
    expect(await heardBy(citizen)).toBe(5);
  }
}, 400_000);
