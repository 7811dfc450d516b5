/** A person asks that money goes back to a payer. Nothing moves until another person agrees. */
import { randomBytes } from 'node:crypto';
import { objectionTo, refused, type Acted } from '../../domain/people/act.ts';
import type { Person } from '../../domain/people/role.ts';
import type { PaidService } from '../../domain/accounts/kinds.ts';
import { rupees } from '../../domain/money.ts';
import type { OrderId } from '../../domain/payments/order.ts';
import {
  divide,
  type RefundReason,
  type RefundReference,
  type WantedRefund,
} from '../../domain/payments/refund.ts';
import { doneBy, readAct, writeAudit } from '../audit.ts';
import { openCase } from '../cases.ts';
import { inTransaction, type Database } from '../connection.ts';
import { readMoney } from '../payments/money.ts';
import { whatFollows } from '../payments/what-follows.ts';

export interface RefundRequest extends WantedRefund {
  /** The capture that brought the money. */
  readonly moneyId: string;
  readonly reason: RefundReason;
  readonly why: string;
}

/** Writes a request down, with the case that waits for the second person, unless it is refused in words. */
export async function requestRefund(db: Database, person: Person, request: RefundRequest): Promise<Acted> {
  const objection = objectionTo(person, 'finance', request.why);
  if (objection !== undefined) return refused(objection);
  const { moneyId, amount, reason, dueAgain, seen } = request;
  if (amount <= 0) return refused('say how much goes back');
  return inTransaction(db, async (client): Promise<Acted> => {
    const { rows } = await client.query<{
      orderId: OrderId;
      service: PaidService;
      attemptId: bigint;
      gateway: string;
    }>({
      name: 'lock-order-of-money',
      text: `select o.id as "orderId", o.service, a.id as "attemptId", c.gateway
             from orders o join attempts a on a.order_id = o.id join captures c on c.attempt_id = a.id
             where c.id::text = $1 for update of o`,
      values: [moneyId],
    });
    const [from] = rows;
    const money = from && (await readMoney(client, moneyId));
    if (!money) return refused(`there is no money ${moneyId}`);
    const { orderId, service, attemptId, gateway } = from;
    const key = `refund-${moneyId}-${amount}-${dueAgain ? 'due' : 'not'}-${seen}`;
    const before = await readAct(client, key);
    if (before) return { outcome: 'doneBefore', said: `it is done already: ${doneBy(before)}` };
    const division = divide(request, money, { rupees, isUndone: whatFollows[service] === undefined });
    if ('because' in division) return refused(division.because);
    const reference = newReference();
    const { rowCount } = await client.query({
      name: 'request-refund',
      text: `insert into refunds (reference, order_id, attempt_id, gateway, transaction_id, amount, excess, reason, due_again,
               requested_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             on conflict (gateway, transaction_id) where state = 'requested' do nothing`,
      values: [
        reference,
        orderId,
        attemptId,
        gateway,
        money.transactionId,
        amount,
        division.excess,
        reason,
        dueAgain,
        person.name,
      ],
    });
    if (rowCount === 0) return refused('another refund of this money waits for its second person');
    await openCase(client, {
      kind: 'refundApproval',
      fact: reference,
      subject: 'refund',
      subjectId: reference,
      reason,
      amount,
      details: { orderId, money: moneyId, because: request.why.trim(), dueAgain },
    });
    const by = { who: person.name, why: request.why.trim() };
    await writeAudit(client, { orderId, key, act: 'request refund', ...by }, { about: reference, reason });
    return {
      outcome: 'done',
      said: `${rupees(amount)} goes back when another person agrees: refund ${reference}`,
    };
  });
}

const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** 22 characters of 5 bits: nobody guesses another's. Gateways take no hyphens. */
function newReference(): RefundReference {
  return `RF${Array.from(randomBytes(22), (byte) => alphabet[byte % 32]).join('')}` as RefundReference;
}
