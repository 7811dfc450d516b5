/** What a payment does to the world: our own books, the gateways, the corporation's records. */
import { ApplicationFailure } from '@temporalio/activity';
import { openCase } from '../database/cases.ts';
import type { Database } from '../database/connection.ts';
import { releaseMessages } from '../database/messages.ts';
import { receiveFacts } from '../database/payments/apply-gateway-fact.ts';
import {
  beginAttempt,
  expireUnusedAttempt,
  giveUpAttempt,
  leaveAttempt,
  noteAttemptOpened,
  placeOf,
  type AttemptUnderWay,
  type NotBegun,
} from '../database/payments/attempts.ts';
import type { PostingSettings } from '../domain/payments/posting.ts';
import { keepEvidence } from '../database/payments/evidence.ts';
import { readOrder } from '../database/payments/orders.ts';
import { claimTrial, noteHealth, readPickFacts } from '../database/payments/pool.ts';
import {
  notePostingRefused,
  noteReceiptPosted,
  receiptsOf,
  retryPosting,
} from '../database/payments/receipts.ts';
import { callPersonForUndecided, type UndecidedAttempt } from '../database/payments/reviews.ts';
import { readStanding } from '../database/payments/standing.ts';
import type { AttemptReference } from '../domain/payments/attempt.ts';
import { toPay, type Order, type OrderId, type Standing, type Telling } from '../domain/payments/order.ts';
import type { Receipt } from '../domain/payments/receipt.ts';
import type { Redirect } from '../domain/payments/redirect.ts';
import { offers, wayOf, type PayWay } from '../domain/payments/way.ts';
import type { GatewayName } from '../domain/payments/gateways.ts';
import { afterCall, type AccountResult } from '../domain/payments/health.ts';
import { candidatesOf, patienceFor, pickAccount as pickFrom, shortestMs } from '../domain/payments/pick.ts';
import {
  GatewayRefusedError,
  GatewayUnavailableError,
  type Browser,
  type Gateway,
  type NewAttempt,
} from '../gateways/gateway.ts';
import type { GatewayPool } from '../gateways/pool.ts';
import type { Logger } from '../platform/log.ts';
import type { WorkMetrics } from '../platform/metrics.ts';
import { hasChangedInRecords } from '../records/changed.ts';
import { RecordsRefusedError, type Records } from '../records/records.ts';
import type { WhatsAppClient } from '../whatsapp/client.ts';
import { createGatewayCalls, transactionsInChat } from './gateway-calls.ts';
import { newReference } from './references.ts';

export type { Browser } from '../gateways/gateway.ts';

interface Dependencies {
  readonly db: Database;
  readonly gateways: GatewayPool;
  readonly records: Records;
  readonly whatsapp: Pick<WhatsAppClient, 'lookUpPayment'>;
  /** PUBLIC_URL: citizens come back to it from the gateway. */
  readonly publicUrl: string;
  /** From when on opening an attempt counts as slow, in milliseconds. */
  readonly slowMs: number;
  readonly settings: PostingSettings;
  readonly metrics: Pick<WorkMetrics, 'gatewayCalls'>;
  readonly log: Logger;
}

interface Of {
  readonly orderId: OrderId;
}

/** Where the citizen's browser goes, and to whom, or why nowhere. */
export type OpenResult =
  { readonly outcome: 'redirect'; readonly gateway: GatewayName; readonly redirect: Redirect } | NotOpened;

interface NotOpened {
  readonly outcome: 'refused';
  readonly because: NotBegun | 'gatewayAway' | 'aboveLimit';
}

/** What a pick within one press of the button depends on. */
export interface PickRequest extends Of {
  readonly way: PayWay;
  /** Our ids of the merchant accounts that have failed within this press. */
  readonly tried: readonly string[];
  /** Milliseconds since the press. */
  readonly waitedMs: number;
}

/** The merchant account at which the next attempt is made, or why at none. */
export type PickResult =
  | ({ readonly outcome: 'picked' } & PickedAccount)
  | { readonly outcome: 'refused'; readonly because: 'gatewayAway' | 'aboveLimit' };

export interface PickedAccount {
  readonly gateway: GatewayName;
  /** Our id of the account. */
  readonly merchant: string;
  /** Why this one, for operators. */
  readonly choice: string;
  /** Its circuit was opened: this call tells whether it is to be closed. */
  readonly isTrial: boolean;
  /** For the call that opens the attempt. */
  readonly timeoutMs: number;
}

export interface OpenRequest extends Of {
  /** Where an attempt is made if none is under way. */
  readonly account: PickedAccount;
  /** Where it cannot be had, the gateway's page is opened. */
  readonly way: PayWay;
  readonly browser: Browser;
  /** The citizen knows that somebody else is paying the same, and goes on. */
  readonly anyway: boolean;
}

/** Where and how the citizen is sent on. */
type WantedWay = Pick<OpenRequest, 'account' | 'way' | 'browser'>;

export interface PaymentActivities {
  /** Where the order stands. */
  standing(of: Of): Promise<Standing>;
  /**
   * Picks the merchant account at which the next attempt at the order is made, of all in the pool: the one where it is under
   * way, as long as that can be used.
   */
  pickAccount(wanted: PickRequest): Promise<PickResult>;
  /** Sends the citizen to a gateway: to the order that they have there, as long as that can be used, or to the account picked. */
  openAttempt(wanted: OpenRequest): Promise<OpenResult>;
  /** Asks the gateway what became of an attempt. @throws when no answer can be had or trusted */
  askGateway(of: Of & { readonly reference: AttemptReference }): Promise<Standing>;
  /**
   * Tells the corporation's records of what the order's receipts paid and they do not know; safe to repeat. What they refuse
   * is written down and waits for a person.
   * @throws when they cannot be reached
   */
  postReceipts(of: Of): Promise<void>;
  /** What the records refused is to be told to them again. */
  retryPosting(of: Of): Promise<void>;
  /** Calls a person for an attempt that the bank has not decided in time. */
  callForUndecided(attempt: UndecidedAttempt): Promise<void>;
  /** Calls a person because the records have not been reached for long. */
  callForLatePosting(of: Of): Promise<void>;
  /** Calls a person for something that the citizen could not be told, unless the send has. */
  callForUntold(of: Of & { readonly telling: Telling }): Promise<void>;
  /** What was given up is to be told to the citizen again. */
  tellAgain(of: Of): Promise<void>;
}

export function createPaymentActivities(dependencies: Dependencies): PaymentActivities {
  const { db, gateways, records, whatsapp, publicUrl, slowMs, settings, metrics, log } = dependencies;

  const { keepFailure, timed } = createGatewayCalls({ db, metrics });

  /** @returns whether the gateway knows of nobody who began to pay */
  async function ask(reference: AttemptReference): Promise<boolean> {
    const { gateway, chat: configuration, ...place } = await placeOf(db, reference);
    const inChat = configuration !== undefined && {
      inChat: () => transactionsInChat(whatsapp, { configuration, reference }),
    };
    try {
      const told = await timed({ gateway, ...place }, 'ask', () =>
        gateways.by(gateway).ask({ ...place, ...inChat, reference }),
      );
      await receiveFacts(db, { gateway, source: 'query', ...told }, settings);
      return told.facts.some(({ says }) => says === 'notFound');
    } catch (error) {
      await keepFailure(error, { gateway, source: 'query', reference });
      throw error;
    }
  }

  async function pickAccount({ orderId, way, tried, waitedMs }: PickRequest): Promise<PickResult> {
    const { service, accounts, ...facts } = await readPickFacts(db, orderId);
    const now = Date.now();
    const candidates = candidatesOf(gateways.accountsFor(service), accounts);
    const request = { ...facts, way, now, chance: Math.random() };
    const first = pickFrom(candidates, { ...request, tried });
    if (first.outcome === 'refused') return first;
    // One citizen at a time tries an account that has failed, whichever process sends them; where no other account is left,
    // everybody does.
    const isTaken = first.isTrial && !(await claimTrial(db, first.merchant, now));
    const other = isTaken && pickFrom(candidates, { ...request, tried: [...tried, first.merchant] });
    const { hasBetter, ...account } = other && other.outcome === 'picked' ? other : first;
    const timeoutMs = patienceFor({ waitedMs, hasBetter, slowMs });
    return timeoutMs === undefined
      ? { outcome: 'refused', because: 'gatewayAway' }
      : { ...account, timeoutMs };
  }

  async function openAttempt(
    { orderId, account, way, browser, anyway }: OpenRequest,
    mayAsk = true,
  ): Promise<OpenResult> {
    const gateway = gateways.by(account.gateway);
    const order = await orderOf(orderId);
    if (!settings.ownRegister && (await hasChangedInRecords(order, { records, log }))) {
      return { outcome: 'refused', because: 'changed' };
    }
    const given = gateway.merchantsFor(order.service).find(({ id }) => id === account.merchant);
    if (given === undefined) return { outcome: 'refused', because: 'gatewayAway' };
    const merchant = { ...given, gateway: account.gateway };
    const { choice } = account;
    const begun = await beginAttempt(db, orderId, { merchant, choice, reference: newReference(), anyway });
    switch (begun.outcome) {
      case 'refused':
        return begun;
      case 'underWay':
        return openAgain(order, begun, { account, way, browser, anyway }, mayAsk);
      case 'over':
        // Money may have come at its last moment: the gateway says so, or that there is nothing, before there is a second
        // chance to pay. Whatever else it says leaves the attempt undecided.
        if (!mayAsk) return { outcome: 'refused', because: 'undecided' };
        try {
          if (await ask(begun.reference)) await expireUnusedAttempt(db, begun.reference);
        } catch (error) {
          if (!(error instanceof GatewayUnavailableError)) throw error;
          log.warn({ err: error, order: order.id }, 'the gateway did not say what became of an attempt');
          // The press does not go on at another account, which would ask once more: UPI allows few questions.
          return { outcome: 'refused', because: 'undecided' };
        }
        return openAttempt({ orderId, account, way, browser, anyway }, false);
      case 'begun':
        return openAt(gateway, order, { account, reference: begun.reference, way, browser });
    }
  }

  /** What is under way serves again, or in its place what is wanted now, so that the money can be taken once. */
  async function openAgain(
    order: Order,
    { redirect, gateway, merchant, reference }: AttemptUnderWay,
    { account, way, browser, anyway }: Omit<OpenRequest, 'orderId'>,
    mayLeave: boolean,
  ): Promise<OpenResult> {
    const opened = { outcome: 'redirect', gateway, redirect } as const;
    if (wayOf(redirect) === way) return opened;
    const at = gateways.by(gateway);
    if (wayOf(redirect) === offeredWay(at, order, { merchant, way })) return opened;
    if (at.close) {
      if (!mayLeave) return opened;
      const left = await leave(at, reference, account.timeoutMs);
      if (left.outcome === 'refused') return left;
      const { timeoutMs } = left;
      return openAttempt(
        { orderId: order.id, account: { ...account, timeoutMs }, way, browser, anyway },
        false,
      );
    }
    // Another account was picked where this one takes no new attempts any more.
    const isTrial = account.isTrial && account.merchant === merchant;
    return openAt(at, order, {
      account: { ...account, gateway, merchant, isTrial },
      reference,
      way,
      browser,
    });
  }

  /** Ends what is under way at a gateway that has an order for each way. @returns how much time is left for another */
  async function leave(
    at: Gateway,
    reference: AttemptReference,
    timeoutMs: number,
  ): Promise<{ readonly outcome: 'left'; readonly timeoutMs: number } | NotOpened> {
    const { gateway, ...place } = await placeOf(db, reference);
    const began = performance.now();
    try {
      const { isClosed, exchange } = await timed({ gateway, ...place }, 'close', async () => {
        if (!at.close) throw new Error(`${gateway} closes nothing`);
        return at.close({ ...place, reference, timeoutMs });
      });
      const { request, response } = exchange;
      await keepEvidence(db, { gateway, source: 'create', reference, request, raw: response });
      // Money is on its way, or here: the page shows what comes of it.
      if (!isClosed) return { outcome: 'refused', because: 'undecided' };
    } catch (error) {
      if (!(error instanceof GatewayUnavailableError)) throw error;
      await keepFailure(error, { gateway, source: 'create', reference });
      return { outcome: 'refused', because: 'gatewayAway' };
    }
    await leaveAttempt(db, reference);
    return { outcome: 'left', timeoutMs: Math.max(timeoutMs - (performance.now() - began), shortestMs) };
  }

  /** The way that is wanted, or the page where the account does not offer it for the amount. */
  function offeredWay(
    at: Gateway,
    order: Order,
    { merchant, way }: Pick<NewAttempt, 'merchant' | 'way'>,
  ): PayWay {
    const account = at.merchantsFor(order.service).find(({ id }) => id === merchant);
    return account && offers(account, way, toPay(order)) ? way : 'page';
  }

  async function openAt(
    at: Gateway,
    order: Order,
    { account, reference, way, browser }: WantedWay & Pick<NewAttempt, 'reference'>,
  ): Promise<OpenResult> {
    const { gateway, merchant, timeoutMs } = account;
    const began = performance.now();
    try {
      const { exchange, ...opened } = await timed(account, 'open', () =>
        at.open({
          merchant,
          reference,
          way: offeredWay(at, order, { merchant, way }),
          amount: toPay(order),
          service: order.service,
          accountNumber: order.account.number,
          ward: order.account.ward,
          returnUrl: `${publicUrl}/return/${gateway}`,
          browser,
          at: Date.now(),
          timeoutMs,
        }),
      );
      await judge(account, performance.now() - began > slowMs ? 'slow' : 'good');
      const { request, response } = exchange;
      await keepEvidence(db, { gateway, source: 'create', reference, request, raw: response });
      await noteAttemptOpened(db, reference, opened);
      return { outcome: 'redirect', gateway, redirect: opened.redirect };
    } catch (error) {
      log.warn({ err: error, order: order.id }, 'the gateway did not open an attempt');
      if (error instanceof GatewayUnavailableError || error instanceof GatewayRefusedError)
        await judge(account, 'failed');
      await keepFailure(error, { gateway, source: 'create', reference });
      await giveUpAttempt(db, reference);
      return { outcome: 'refused', because: 'gatewayAway' };
    }
  }

  /** Takes a call into the health of its account. No citizen is turned away because that did not work. */
  async function judge({ merchant, isTrial }: PickedAccount, result: AccountResult): Promise<void> {
    const now = Date.now();
    await noteHealth(db, merchant, (before) => afterCall(before, result, { now, isTrial })).catch(
      (error: unknown) => log.warn({ err: error, merchant }, 'the health of a merchant account was not kept'),
    );
  }

  async function orderOf(orderId: OrderId): Promise<Order> {
    const order = await readOrder(db, orderId);
    if (!order) throw ApplicationFailure.nonRetryable(`no order ${orderId}`, 'NoOrder');
    return order;
  }

  /** Tells the records of a receipt; where they refuse some of its demands, of the others. */
  async function post(orderId: OrderId, receipt: Receipt): Promise<void> {
    try {
      await records.post(receipt);
      await noteReceiptPosted(db, receipt.number, orderId);
    } catch (error) {
      if (!(error instanceof RecordsRefusedError)) throw error;
      const { message: reason, demands } = error;
      await notePostingRefused(db, receipt.number, orderId, { reason, demands });
      const paid = receipt.paid.map((due) =>
        due.posting === 'due' && (demands?.includes(due.id) ?? true)
          ? { ...due, posting: 'refused' as const }
          : due,
      );
      const isFewer = paid.some((due, index) => due.posting !== receipt.paid[index]?.posting);
      if (isFewer && isDue(paid)) await post(orderId, { ...receipt, paid });
    }
  }

  return {
    standing: ({ orderId }) => readStanding(db, orderId),
    pickAccount,
    openAttempt: (wanted) => openAttempt(wanted),

    async askGateway({ orderId, reference }) {
      await ask(reference);
      return readStanding(db, orderId);
    },

    async postReceipts({ orderId }) {
      const receipts = await receiptsOf(db, orderId);
      for (const receipt of receipts) if (isDue(receipt.paid)) await post(orderId, receipt);
    },

    retryPosting: ({ orderId }) => retryPosting(db, orderId),
    callForUndecided: (attempt) => callPersonForUndecided(db, attempt),

    async callForLatePosting({ orderId }) {
      await openCase(db, {
        kind: 'postingLate',
        fact: `posting-${orderId}`,
        subject: 'payment',
        subjectId: orderId,
        reason: 'the records have not been reached',
      });
    },

    async callForUntold({ orderId, telling }) {
      await openCase(db, {
        kind: 'untold',
        fact: `${orderId}-${telling}`,
        subject: 'payment',
        subjectId: orderId,
        reason: 'it could not be made or sent',
        details: { telling },
      });
    },

    tellAgain: ({ orderId }) => releaseMessages(db, { about: 'payment', aboutId: orderId }),
  };
}

const isDue = (paid: Receipt['paid']): boolean => paid.some(({ posting }) => posting === 'due');
