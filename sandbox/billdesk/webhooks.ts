/** Webhooks on their way out. Each is posted a few times until it is answered with 2xx; a restart takes up what waits. */
import { randomBytes } from 'node:crypto';
import type { Logger } from '../../platform/log.ts';
import { post } from '../graph/post.ts';
import { Timers } from '../graph/timers.ts';
import type { Books, WebhookOnItsWay } from './books.ts';
import type { BillDeskFaultSwitch } from './faults.ts';
import type { BillDeskOptions } from './options.ts';

interface Parts {
  readonly options: BillDeskOptions;
  readonly books: Books;
  readonly faults: BillDeskFaultSwitch;
  readonly now: () => number;
  readonly log: Logger;
}

interface Sending extends Pick<WebhookOnItsWay, 'tellsOf'> {
  readonly copies?: number;
  readonly delayMs?: number;
}

/** BillDesk publishes no schedule, so nobody may depend on one. */
const usualRetriesMs = [1_000, 5_000, 20_000, 60_000];

export class BillDeskWebhooks {
  readonly #timers = new Timers();
  url: string;
  /** What the receiver answered last: a status, or that there was none. */
  lastAnswer: number | 'none' | undefined;
  /** How many were given up. */
  givenUp = 0;

  constructor(private readonly parts: Parts) {
    this.url = parts.options.webhookUrl;
  }

  /** Takes up what was on its way when the process ended. */
  resume(): void {
    for (const webhook of this.parts.books.webhooks.values()) void this.#first(webhook);
  }

  close(): void {
    this.#timers.close();
  }

  /** @returns when it has been posted once, whatever was answered */
  async send(
    orderid: string,
    token: string,
    { copies = 1, delayMs = 0, tellsOf }: Sending = {},
  ): Promise<void> {
    const { books, now } = this.parts;
    const id = randomBytes(9).toString('base64url');
    const webhook = {
      id,
      orderid,
      token,
      copies,
      dueAt: now() + delayMs,
      ...(tellsOf !== undefined && { tellsOf }),
    };
    books.record({ kind: 'webhook', webhook });
    await this.#first(webhook);
  }

  async #first(webhook: WebhookOnItsWay): Promise<void> {
    const wait = webhook.dueAt - this.parts.now();
    if (wait > 0) await new Promise<void>((resolve) => this.#timers.after(wait, resolve));
    await this.#attempt(webhook, 0);
  }

  async #attempt(webhook: WebhookOnItsWay, attempt: number): Promise<void> {
    const { books, options, log } = this.parts;
    // Cleared orders take their webhooks with them.
    if (!books.webhooks.has(webhook.id)) return;
    const copies = Array.from({ length: webhook.copies }, () =>
      this.#post(webhook.token).catch(() => 'none' as const),
    );
    const answers = await Promise.all(copies);
    this.lastAnswer = answers.at(-1);
    if (answers.every((answer) => answer !== 'none' && answer >= 200 && answer < 300)) {
      if (books.webhooks.has(webhook.id)) books.record({ kind: 'webhookDone', id: webhook.id });
      if (webhook.tellsOf !== undefined) books.record({ kind: 'told', transactionId: webhook.tellsOf });
      return;
    }
    const pause = (options.retriesMs ?? usualRetriesMs)[attempt];
    if (attempt === 0) log.warn({ order: webhook.orderid, answers }, "BillDesk's webhook was refused");
    if (pause !== undefined) {
      this.#timers.after(pause, () => void this.#attempt(webhook, attempt + 1));
      return;
    }
    this.givenUp += 1;
    if (books.webhooks.has(webhook.id)) books.record({ kind: 'webhookDone', id: webhook.id });
  }

  #post(token: string): Promise<number> {
    const { webhookShape } = this.parts.faults.current;
    const [type, body] = {
      raw: ['application/jose', token],
      json: ['application/json', JSON.stringify({ transaction_response: token })],
      form: [
        'application/x-www-form-urlencoded',
        new URLSearchParams({ transaction_response: token }).toString(),
      ],
    }[webhookShape] as [string, string];
    return post(this.url, body, { 'Content-Type': type });
  }
}
