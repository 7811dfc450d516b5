/**
 * A person decides that excess becomes credit, which pays the next bills of its account instead of going back; or that unused
 * credit becomes excess again. No money leaves the corporation by either, so one person is enough: a refund takes two.
 */
import type pg from 'pg';
import { dateInKolkata } from '../../domain/calendar.ts';
import { rupees } from '../../domain/money.ts';
import { objectionToCredit, objectionToRelease, type WantedCredit } from '../../domain/payments/credit.ts';
import type { OrderId } from '../../domain/payments/order.ts';
import type { Money } from '../../domain/payments/refund.ts';
import { objectionTo, refused, type Acted } from '../../domain/people/act.ts';
import type { Person } from '../../domain/people/role.ts';
import { doneBy, readAct, writeAudit } from '../audit.ts';
import { openCase } from '../cases.ts';
import { inTransaction, type Database } from '../connection.ts';
import { tell } from '../outbox.ts';
import { freeCreditOf, releaseCredit, writeCredit } from '../payments/credit.ts';
import { lockAccount, type AccountKey } from '../payments/demand-balances.ts';
import { postEntry } from '../payments/ledger.ts';
import { readMoney, settleExcess } from '../payments/money.ts';

export interface CreditAct extends WantedCredit {
  /** The capture that brought the money. */
  readonly moneyId: string;
  readonly why: string;
}

/** Money of an order; the order and its account are locked. */
interface LockedMoney extends AccountKey {
  readonly orderId: OrderId;
  readonly money: Money;
}

/** What an act did, and how it is said; or why it did nothing. */
type Effect = { readonly said: string } | { readonly because: string };

/** Excess becomes credit of its account, unless that is refused in words. */
export function grantCredit(db: Database, person: Person, act: CreditAct): Promise<Acted> {
  return actOnMoney(db, person, { ...act, name: 'credit' }, async (client, locked) => {
    const { orderId, money, accountKind, accountNumber } = locked;
    const because = objectionToCredit(act, money, rupees);
    if (because !== undefined) return { because };
    const id = await writeCredit(client, locked, { captureId: money.id, amount: act.amount });
    await postEntry(client, {
      kind: 'excess applied',
      source: { type: 'credit', id },
      valueDate: dateInKolkata(Date.now()),
      narration: `excess of order ${orderId} became credit`,
      lines: [
        ['liability/excess', act.amount],
        ['liability/credit', 0 - act.amount],
      ],
    });
    await settleExcess(client, money.id, 'it became credit of the account');
    return {
      said: `${rupees(act.amount)} is credit of ${accountKind} ${accountNumber}: it pays the next bills there`,
    };
  });
}

/** Unused credit becomes excess again, so that it can go back, unless that is refused in words. */
export function withdrawCredit(db: Database, person: Person, act: CreditAct): Promise<Acted> {
  return actOnMoney(db, person, { ...act, name: 'release' }, async (client, locked) => {
    const { orderId, money } = locked;
    const held = (await freeCreditOf(client, locked)) < act.amount;
    const because = objectionToRelease(act, money, { held, rupees });
    if (because !== undefined) return { because };
    await releaseCredit(client, money.id, act.amount);
    const release = `${money.id} ${act.seen}`;
    await postEntry(client, {
      kind: 'reversal',
      source: { type: 'credit', id: release },
      valueDate: dateInKolkata(Date.now()),
      narration: `credit of order ${orderId} became excess again`,
      lines: [
        ['liability/credit', act.amount],
        ['liability/excess', 0 - act.amount],
      ],
    });
    await openCase(client, {
      kind: 'excess',
      fact: `capture-${release}`,
      subject: 'payment',
      subjectId: orderId,
      reason: 'credit was released',
      amount: act.amount,
    });
    return { said: `${rupees(act.amount)} is excess again, and can go back` };
  });
}

/** One transaction: what there is to decide on, the effect, the audit row, and word to the workflow. */
function actOnMoney(
  db: Database,
  person: Person,
  { name, moneyId, amount, seen, why }: CreditAct & { readonly name: 'credit' | 'release' },
  effect: (client: pg.PoolClient, locked: LockedMoney) => Promise<Effect>,
): Promise<Acted> {
  const objection = objectionTo(person, 'finance', why);
  if (objection !== undefined) return Promise.resolve(refused(objection));
  if (amount <= 0) return Promise.resolve(refused('say how much'));
  return inTransaction(db, async (client): Promise<Acted> => {
    const { rows } = await client.query<AccountKey & { orderId: OrderId }>({
      name: 'lock-account-of-money',
      text: `select o.id as "orderId", o.account_kind as "accountKind", o.account_number as "accountNumber"
             from orders o join attempts a on a.order_id = o.id join captures c on c.attempt_id = a.id
             where c.id::text = $1 for update of o`,
      values: [moneyId],
    });
    const [from] = rows;
    if (!from) return refused(`there is no money ${moneyId}`);
    await lockAccount(client, from);
    const money = await readMoney(client, moneyId);
    if (!money) return refused(`there is no money ${moneyId}`);
    const key = `${name}-${moneyId}-${amount}-${seen}`;
    const before = await readAct(client, key);
    if (before) return { outcome: 'doneBefore', said: `it is done already: ${doneBy(before)}` };
    const done = await effect(client, { ...from, money });
    if ('because' in done) return refused(done.because);
    const { orderId } = from;
    const by = { who: person.name, why: why.trim() };
    await writeAudit(client, { orderId, key, act: name, ...by }, { about: moneyId, amount: String(amount) });
    await tell(client, 'payment', orderId, { key: `c:${key}`, news: { check: false } });
    return { outcome: 'done', said: done.said };
  });
}
