/** Citizens who pay: from the number in the chat to the gateway's page and back, and what became of it in every book. */
import { WorkflowNotFoundError } from '@temporalio/client';
import type { Citizen } from '../../sandbox/graph/model.ts';
import type { MessageView } from '../../sandbox/graph/view.ts';
import { type AssesseeNumber, groupAssesseeNumber } from '../../domain/accounts/property.ts';
import { workflowId } from '../../domain/entities.ts';
import {
  decidedBy,
  type AttemptReference,
  type AttemptState,
  type FailureReason,
} from '../../domain/payments/attempt.ts';
import type { Paise } from '../../domain/money.ts';
import type { OutboundContent } from '../../domain/outbound.ts';
import { type OrderId, type PayToken } from '../../domain/payments/order.ts';
import type { CaseKindName } from '../../domain/people/case.ts';
import type { Reply, ReplyKey } from '../../domain/reply.ts';
import { corporationFacts, corporationSettings } from '../../platform/corporation.ts';
import { billDeskSettings } from '../../gateways/billdesk/settings.ts';
import { readSettings } from '../../platform/settings.ts';
import { decisive, type Transaction } from '../../sandbox/kit/books.ts';
import type { Forgery } from '../../sandbox/gateways/billdesk/faults.ts';
import type { Behaviour, Order } from '../../sandbox/gateways/billdesk/order.ts';
import type { Outcome as Choice, ReturnForm } from '../../sandbox/kit/payments.ts';
import { sealForMerchant } from '../../sandbox/gateways/billdesk/seal.ts';
import {
  newTransaction,
  transactionObject,
  type Writing,
} from '../../sandbox/gateways/billdesk/transaction.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { labels } from '../../texts/conversation.ts';
import {
  alreadyPaid,
  begun,
  elsewhere,
  failed,
  missing,
  over,
  paid,
  payFor,
  problems,
  undecided,
} from '../../texts/pay.ts';
import { render } from '../../texts/render.ts';
import { searchAttributes } from '../../workflows/search-attributes.ts';
import type { Town } from './town.ts';
import type { Answered } from './webhooks.ts';

/** What stands at the top of the pay page, mostly by the names of web/pay-stage.ts. */
const headings = new Map<string, string>([
  [payFor.bn(labels.propertyTax.bn.title), 'ready'],
  [failed.heading.bn, 'failed'],
  [paid.heading.bn, 'paid'],
  [alreadyPaid.bn, 'already paid'],
  [undecided.undecided.heading.bn, 'undecided'],
  [undecided.review.heading.bn, 'review'],
  [begun.heading.bn, 'atGateway'],
  [over.changed.heading.bn, 'changed'],
  [over.cancelled.heading.bn, 'cancelled'],
  [over.expired.heading.bn, 'expired'],
  [elsewhere.heading.bn, 'elsewhere'],
  [problems.gatewayAway.heading.bn, 'gateway away'],
  [problems.tryAgain.heading.bn, 'try again'],
  [missing.heading.bn, 'missing'],
]);

interface Page {
  readonly status: number;
  readonly html: string;
  /** Its heading, by the name that the list above gives it. */
  readonly shows: string;
}

/** What BillDesk says, sealed by whoever a test likes, and written in whatever way. */
interface Words extends Omit<Writing, 'forge'> {
  /** Of what the stand-in's books say, or of what a test invents. */
  readonly transaction?: Transaction;
  readonly forge?: Forgery;
}

export type How = Partial<Behaviour> & { readonly outcome?: Choice };

export interface Payer {
  readonly citizen: Citizen;
  readonly number: AssesseeNumber;
  readonly orderId: OrderId;
  readonly token: PayToken;
  readonly amount: Paise;
  /** The page behind the link in the chat. */
  page(): Promise<Page>;
  /** Presses its button; what the page says then, unless it sends the browser to the gateway. */
  press(anyway?: boolean): Promise<Page>;
  /** Presses the button and goes on to the gateway's page, which must be there to pay on. */
  goToGateway(anyway?: boolean): Promise<AttemptReference>;
  /** Chooses on the gateway's page. @returns the form with which the browser is sent back, if it is */
  pay(reference: AttemptReference, how?: How): Promise<ReturnForm | undefined>;
  /** The browser comes back with a form; the page of state to which that leads. */
  comeBack(form: Pick<ReturnForm, 'url' | 'fields'>): Promise<Page>;
  /** Goes to the gateway and pays, without coming back. */
  payNow(how?: How): Promise<AttemptReference>;
  writes(text: string): Promise<void>;
  /** What the citizen was told of this order in the chat, in order. */
  told(): Promise<ReplyKey[]>;
  outcome(): Promise<Outcome>;
}

/** What became of an order, in the eyes of everybody who can look at it. */
export interface Outcome {
  readonly attempts: readonly AttemptState[];
  /** In our books and in the register: each bill once, by this order or by another. */
  readonly bills: string;
  readonly receipts: number;
  /** Paise. */
  readonly excess: number;
  /** What waits for a person about it, by kind. */
  readonly cases: readonly CaseKindName[];
  /** `even`: the ledger balances, and holds of the gateway's money what the gateway says that it took. */
  readonly ledger: string;
  readonly page: string;
  readonly told: readonly ReplyKey[];
  /** `none` until somebody tries to pay. */
  readonly workflow: string;
  readonly stage: unknown;
  readonly needsAttention: unknown;
}

/** Paid, posted and told, each once; nothing is left to be done. */
export const paidOnce: Outcome = {
  attempts: ['success'],
  bills: 'paid',
  receipts: 1,
  excess: 0,
  cases: [],
  ledger: 'even',
  page: 'paid',
  told: ['receipt'],
  workflow: 'COMPLETED',
  stage: 'done',
  needsAttention: false,
};

/** Nobody has tried to pay the order. */
export const untried: Outcome = {
  attempts: [],
  bills: 'unpaid',
  receipts: 0,
  excess: 0,
  cases: [],
  ledger: 'even',
  page: 'ready',
  told: [],
  workflow: 'none',
  stage: undefined,
  needsAttention: undefined,
};

/** Somebody has tried to pay the order, nothing has come of it, and it can be paid. */
export const unpaid: Outcome = {
  ...untried,
  attempts: ['failed'],
  page: 'failed',
  told: ['paymentFailed'],
  workflow: 'RUNNING',
  stage: 'link sent',
  needsAttention: false,
};

interface OrderRow {
  readonly attempts: readonly AttemptState[];
  readonly references: readonly string[];
  readonly bills: number;
  readonly paid_by_this: number;
  readonly paid: number;
  readonly registered: number;
  readonly receipts: number;
  readonly excess: number;
  readonly cases: readonly CaseKindName[];
  readonly balance: number;
  readonly booked: number;
}

const orderQuery = `
  with money as (
    select c.id, c.amount - coalesce((select sum(l.amount) from allocations l where l.capture_id = c.id), 0) as excess
    from captures c join attempts a on a.id = c.attempt_id where a.order_id = $1),
  lines as (
    select l.account, l.amount from money m
    join entries e on e.source_type = 'capture' and e.source_id = m.id::text join entry_lines l on l.entry_id = e.id)
  select array(select state::text from attempts where order_id = o.id order by id) as attempts,
    array(select reference from attempts where order_id = o.id order by id) as references,
    (select count(*)::int from order_demands d where d.order_id = o.id) as bills,
    (select count(*)::int from order_demands d join demand_balances b on b.account_number = o.account_number
      and b.demand_id = d.demand_id and b.settled where d.order_id = o.id and exists (
        select from allocations l where l.order_id = o.id and l.demand_id = d.demand_id)) as paid_by_this,
    (select count(*)::int from order_demands d join demand_balances b on b.account_number = o.account_number
      and b.demand_id = d.demand_id and b.settled where d.order_id = o.id) as paid,
    (select count(*)::int from order_demands d join demands r on r.account_number = o.account_number
      and r.id = d.demand_id and r.paid_on is not null where d.order_id = o.id) as registered,
    (select count(*)::int from receipts r where r.order_id = o.id) as receipts,
    (select coalesce(sum(excess), 0)::float8 from money) as excess,
    array(select kind from cases where subject = 'payment' and subject_id = o.id and closed_at is null
      order by opened_at, kind) as cases,
    (select coalesce(sum(amount), 0)::float8 from lines) as balance,
    (select coalesce(sum(amount), 0)::float8 from lines where account like 'clearing/%') as booked
  from orders o where o.id = $1`;

export interface Totals {
  readonly count: number;
  readonly amountPaise: number;
  readonly successes: readonly {
    readonly reference: string;
    readonly transactionId: string;
    readonly amountPaise: number;
  }[];
}

export interface Payers {
  /** Somebody who has got a link for a property with dues that nobody else of this town pays. */
  payer(who?: { readonly citizen?: Citizen; readonly number?: AssesseeNumber }): Promise<Payer>;
  /** Everybody who has got a link so far. */
  readonly all: readonly Payer[];
  /** What nobody but these citizens, WhatsApp and the gateway may know of them. */
  readonly secrets: ReadonlySet<string>;
  /** Messages that are neither the answer to one of the citizen's own nor about one of their orders, by citizen. */
  strayMessages(): Promise<Record<string, number>>;
  /** The words in which BillDesk would tell of an attempt. */
  seal(reference: AttemptReference, words?: Words): Promise<string>;
  /** Posts words to the webhook, as they stand. */
  tell(body: string, type?: string): Promise<Answered>;
  totals(): Promise<Totals>;
}

/** Nobody has an address twice, as the proxy before the API tells: start the town with PROXY_HOPS=1. */
export async function gatherPayers(town: Town): Promise<Payers> {
  const settings = readSettings(corporationSettings, town.house.env, billDeskSettings);
  const facts = corporationFacts(settings);
  const [merchant] = settings.BILLDESK_MERCHANTS ?? [];
  if (merchant === undefined) throw new Error('the town has no merchant account at BillDesk');
  const free = await unpaidNumbers(town);
  const all: Payer[] = [];
  const secrets = new Set<string>();

  /** Every text in which this order can be told of, word by word, with the receipt and the excess that there are. */
  async function textsOf({ number, amount, token, orderId }: Payer): Promise<Map<string, ReplyKey>> {
    const receipts = await town.rows<{ number: string; amount: Paise }>(
      'select number, amount::float8 as amount from receipts where order_id = $1',
      [orderId],
    );
    const excess = await town.rows<{ amount: Paise }>(
      `select (c.amount - coalesce((select sum(l.amount) from allocations l where l.capture_id = c.id), 0))::float8
         as amount from captures c join attempts a on a.id = c.attempt_id where a.order_id = $1`,
      [orderId],
    );
    const begun = await town.rows<{ at: number }>(
      'select (extract(epoch from opened_at) * 1000)::float8 as at from attempts where order_id = $1',
      [orderId],
    );
    const about = { service: 'propertyTax', accountNumber: number, amount, token } as const;
    const reasons: readonly FailureReason[] = ['declined', 'cancelled', 'expired', 'other'];
    const replies: readonly Reply[] = [
      ...receipts.flatMap((receipt): Reply[] => {
        const params = { ...about, ...receipt };
        return [
          { key: 'receipt', params: { ...params, mediaId: '1', filename: 'receipt.pdf' } },
          { key: 'receiptWords', params },
        ];
      }),
      ...reasons.flatMap((reason): Reply[] => [
        { key: 'paymentFailed', params: { ...about, reason } },
        { key: 'paymentFailedForGood', params: { ...about, reason } },
      ]),
      ...begun.map(({ at }): Reply => ({ key: 'paymentPending', params: { ...about, by: decidedBy(at) } })),
      { key: 'paymentInReview', params: about },
      ...excess.map((each): Reply => ({ key: 'paymentExcess', params: { ...about, ...each } })),
    ];
    return new Map(replies.map((reply) => [wordsOf(render(reply, 'bn', facts)), reply.key]));
  }

  async function chatOf(
    citizen: Citizen,
  ): Promise<{ readonly theirs: readonly MessageView[]; readonly ours: readonly MessageView[] }> {
    const { messages } = await town.sandbox<{ messages: MessageView[] }>(
      'GET',
      `citizens/${citizen.id}/chat`,
    );
    return {
      theirs: messages.filter(({ direction }) => direction === 'inbound'),
      ours: messages.filter(({ direction, state }) => direction === 'outbound' && state !== 'failed'),
    };
  }

  async function linkFor(citizen: Citizen, number: AssesseeNumber): Promise<PayToken> {
    const before = (await chatOf(citizen)).ours.length;
    await town.sandbox('POST', `citizens/${citizen.id}/messages`, { text: number });
    let token: string | undefined;
    const hasCome = async (): Promise<boolean> => {
      for (const { link, text } of (await chatOf(citizen)).ours.slice(before)) {
        if (text.includes(groupAssesseeNumber(number)))
          token ??= /\/pay\/([\w-]+)/.exec(link?.url ?? '')?.[1];
      }
      return token !== undefined;
    };
    await waitFor(`the link for ${number}`, hasCome, { everyMs: 200 });
    return (token ?? '') as PayToken;
  }

  let visitors = 0;

  async function payer({
    citizen: known,
    number: wanted,
  }: Parameters<Payers['payer']>[0] = {}): Promise<Payer> {
    const number = wanted ?? free.shift();
    if (number === undefined) throw new Error('the city has no more dues');
    const citizen = known ?? (await town.inviteOne());
    const token = await linkFor(citizen, number);
    const [order] = await town.rows<{ id: OrderId; amount: string }>(
      'select id, amount from orders where token = $1',
      [token],
    );
    if (!order) throw new Error('a link without an order');
    // Somebody else each time: who looks at a page so often that it is too much, is none of these tests' business.
    const headers = (): Record<string, string> => {
      visitors += 1;
      return {
        'x-forwarded-for': `10.${visitors >> 16}.${(visitors >> 8) & 255}.${visitors & 255}`,
        'user-agent': 'Mozilla/5.0',
        accept: 'text/html',
        'content-type': 'application/x-www-form-urlencoded',
      };
    };
    const link = `${town.apiUrl}/pay/${token}?lang=bn`;

    async function read(response: Response): Promise<Page> {
      const html = await response.text();
      const heading = /<h1>(.*?)<\/h1>/s.exec(html)?.[1] ?? '';
      return { status: response.status, html, shows: headings.get(heading) ?? heading };
    }

    async function press(anyway = false): Promise<Page> {
      const body = anyway ? 'anyway=1' : '';
      return read(await fetch(link, { method: 'POST', headers: headers(), body }));
    }

    const page = async (): Promise<Page> => read(await fetch(link, { headers: headers() }));

    /** Presses the button as a person does: again, when a busy machine was too slow to answer and the page says so. */
    async function sentOn(anyway: boolean): Promise<NonNullable<ReturnType<typeof formIn>>> {
      for (let presses = 1; ; presses += 1) {
        const sent = await press(anyway);
        const form = formIn(sent.html);
        if (form) return form;
        const mayPress = sent.shows === 'atGateway' || sent.shows === 'try again';
        if (!mayPress || presses === 3) {
          const under = await underWay(town, made.orderId);
          throw new Error(`not sent to the gateway: ${sent.status} ${sent.shows}; workflow: ${under}`);
        }
      }
    }

    async function goToGateway(anyway = false): Promise<AttemptReference> {
      const form = await sentOn(anyway);
      secrets.add(form.fields['rdata'] ?? '');
      const hosted = await fetch(form.url, { method: 'POST', body: new URLSearchParams(form.fields) });
      if (hosted.status !== 200) throw new Error(`the gateway's page answers ${hosted.status}`);
      const [attempt] = await town.rows<{ reference: AttemptReference }>(
        'select reference from attempts where gateway_order_id = $1',
        [form.fields['bdorderid']],
      );
      if (!attempt) throw new Error('sent to the gateway without an attempt');
      return attempt.reference;
    }

    async function pay(reference: AttemptReference, how: How = {}): Promise<ReturnForm | undefined> {
      const { returnForm } = await town.sandbox<{ returnForm: ReturnForm | null }>(
        'POST',
        `billdesk/orders/${reference}/pay`,
        how,
      );
      return returnForm ?? undefined;
    }

    async function told(): Promise<ReplyKey[]> {
      const texts = await textsOf(made);
      const { ours } = await chatOf(citizen);
      // Which bills a receipt names is looked at elsewhere.
      return ours.flatMap(({ text }) => texts.get(text.replace(/^সম্পত্তি কর: .*\n/m, '')) ?? []);
    }

    async function outcome(): Promise<Outcome> {
      const [row] = await town.rows<OrderRow>(orderQuery, [made.orderId]);
      if (!row) throw new Error('the order is gone');
      const { successes } = await totals();
      const took = successes
        .filter(({ reference }) => row.references.includes(reference))
        .reduce((sum, { amountPaise }) => sum + amountPaise, 0);
      const shown = await page();
      return {
        attempts: row.attempts,
        bills: billsOf(row),
        receipts: row.receipts,
        excess: row.excess,
        cases: row.cases,
        ledger:
          row.balance === 0 && row.booked === took
            ? 'even'
            : `off by ${row.balance}; took ${took}, booked ${row.booked}`,
        page: shown.shows,
        told: await told(),
        ...(await workflowOf(town, made.orderId)),
      };
    }

    const made: Payer = {
      citizen,
      number,
      orderId: order.id,
      token,
      amount: Number(order.amount) as Paise,
      page,
      press,
      goToGateway,
      pay,
      async comeBack({ url, fields }) {
        const back = await fetch(url, {
          method: 'POST',
          headers: headers(),
          body: new URLSearchParams(fields),
          redirect: 'manual',
        });
        if (back.status !== 303) return read(back);
        return read(await fetch(new URL(back.headers.get('location') ?? '', url), { headers: headers() }));
      },
      async payNow(how) {
        const reference = await goToGateway();
        await pay(reference, how);
        return reference;
      },
      async writes(text) {
        await town.sandbox('POST', `citizens/${citizen.id}/messages`, { text });
      },
      told,
      outcome,
    };
    all.push(made);
    for (const secret of [token, citizen.phone, citizen.bsuid, citizen.name]) secrets.add(secret);
    return made;
  }

  const totals = (): Promise<Totals> => town.sandbox<Totals>('GET', 'billdesk/totals');

  return {
    payer,
    all,
    secrets,
    totals,
    async strayMessages() {
      const stray: Record<string, number> = {};
      for (const citizen of new Map(all.map((each) => [each.citizen.id, each.citizen])).values()) {
        const { theirs, ours } = await chatOf(citizen);
        const orders = all.filter((each) => each.citizen.id === citizen.id);
        const told = (await Promise.all(orders.map((order) => order.told()))).flat();
        const count = ours.length - told.length - theirs.length;
        if (count !== 0) stray[citizen.id] = count;
      }
      return stray;
    },
    async seal(reference, { transaction, forge = 'none', ...odd } = {}) {
      const order = await town.sandbox<Order>('GET', `billdesk/orders/${reference}`);
      const about = transaction ?? decisive(order) ?? newTransaction('upi', 'success', Date.now());
      return sealForMerchant(transactionObject(order, about, { ...odd, forge }), merchant, { forge });
    },
    tell: (body, type = 'application/jose') => tellWebhook(town, body, type),
  };
}

/** What operators see of it. */
async function workflowOf(
  town: Town,
  orderId: OrderId,
): Promise<Pick<Outcome, 'workflow' | 'stage' | 'needsAttention'>> {
  const { stage, needsAttention } = searchAttributes;
  const handle = town.temporal.workflow.getHandle(workflowId('payment', orderId));
  try {
    const { status, typedSearchAttributes } = await handle.describe();
    return {
      workflow: status.name,
      stage: typedSearchAttributes.get(stage),
      needsAttention: typedSearchAttributes.get(needsAttention),
    };
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    return { workflow: 'none', stage: undefined, needsAttention: undefined };
  }
}

/** What the workflow of an order waits for, for whoever reads why a test failed. */
async function underWay(town: Town, orderId: OrderId): Promise<string> {
  try {
    const { raw } = await town.temporal.workflow.getHandle(workflowId('payment', orderId)).describe();
    const { pendingWorkflowTask: task, pendingActivities } = raw;
    return JSON.stringify({
      task: task && { state: task.state, attempt: task.attempt },
      activities: pendingActivities?.map(({ activityType, state, attempt }) => ({
        type: activityType?.name,
        state,
        attempt,
      })),
    });
  } catch (error) {
    return String(error);
  }
}

export async function tellWebhook(town: Town, body: string, type: string): Promise<Answered> {
  const began = performance.now();
  const response = await fetch(`${town.apiUrl}/webhooks/billdesk`, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  });
  await response.arrayBuffer();
  return { status: response.status, ms: performance.now() - began };
}

/** The words that a citizen reads in their chat. */
export function wordsOf(content: OutboundContent): string {
  if ('caption' in content) return content.caption ?? '';
  return 'body' in content && typeof content.body === 'string' ? content.body : '';
}

async function unpaidNumbers(town: Town): Promise<AssesseeNumber[]> {
  const rows = await town.rows<{ number: AssesseeNumber }>(
    `select account_number as number from demands
     where account_kind = 'property' and paid_on is null and withdrawn_on is null and principal > 0
     group by 1 having count(*) <= 3 order by 1`,
  );
  return rows.map(({ number }) => number);
}

function billsOf({ bills, paid, paid_by_this, registered }: OrderRow): string {
  if (paid === 0 && registered === 0) return 'unpaid';
  if (paid !== bills || registered !== bills)
    return `${paid} of ${bills} paid, ${registered} in the register`;
  return paid_by_this === bills ? 'paid' : 'paid on another link';
}

/** The form that sends the browser to the gateway. */
function formIn(html: string): { url: string; fields: Record<string, string> } | undefined {
  const [, form] = /<form class="onward"(.*?)<\/form>/s.exec(html) ?? [];
  const [, url] = /action="([^"]+)"/.exec(form ?? '') ?? [];
  if (form === undefined || url === undefined) return undefined;
  const inputs = [...form.matchAll(/name="([^"]+)" value="([^"]*)"/g)];
  return { url, fields: Object.fromEntries(inputs.map(([, name = '', value = '']) => [name, value])) };
}
