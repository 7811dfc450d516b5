/** Webhooks on their way out. Each is posted a few times until it is answered with 2xx; a restart takes up what waits. */
import { randomBytes } from 'node:crypto';
import type { Logger } from '../../platform/log.ts';
import type { Traits } from './behaviour.ts';
import type { Books, Message, WebhookOnItsWay } from './books.ts';
import { post } from './post.ts';
import { Timers } from './timers.ts';

interface Parts<T extends Traits> {
  /** Where they go at first. */
  readonly url: string;
  /** Pauses before one that was not answered with 2xx is posted again; then it is given up. Milliseconds. */
  readonly retriesMs?: readonly number[] | undefined;
  /** What is not answered within this time was not answered. */
  readonly timeoutMs?: number | undefined;
  readonly books: Books<T>;
  readonly now: () => number;
  readonly log: Logger;
}

interface Sending extends Pick<WebhookOnItsWay, 'tellsOf'> {
  readonly copies?: number;
  readonly delayMs?: number;
}

/** Gateways publish no schedule that anybody could depend on. */
const usualRetriesMs = [1_000, 5_000, 20_000, 60_000];

export class GatewayWebhooks<T extends Traits> {
  readonly #timers = new Timers();
  url: string;
  /** What the receiver answered last: a status, or that there was none. */
  lastAnswer: number | 'none' | undefined;
  /** How many were given up. */
  givenUp = 0;

  constructor(private readonly parts: Parts<T>) {
    this.url = parts.url;
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
    reference: string,
    message: Message,
    { copies = 1, delayMs = 0, tellsOf }: Sending = {},
  ): Promise<void> {
    const { books, now } = this.parts;
    const webhook: WebhookOnItsWay = {
      id: randomBytes(9).toString('base64url'),
      reference,
      message,
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
    const { books, retriesMs = usualRetriesMs, timeoutMs, log } = this.parts;
    // Cleared orders take their webhooks with them.
    if (!books.webhooks.has(webhook.id)) return;
    const { body, headers } = webhook.message;
    const copies = Array.from({ length: webhook.copies }, () =>
      post(this.url, body, headers, timeoutMs).catch(() => 'none' as const),
    );
    const answers = await Promise.all(copies);
    this.lastAnswer = answers.at(-1);
    if (answers.every((answer) => answer !== 'none' && answer >= 200 && answer < 300)) {
      if (books.webhooks.has(webhook.id)) books.record({ kind: 'webhookDone', id: webhook.id });
      if (webhook.tellsOf !== undefined) books.record({ kind: 'told', transactionId: webhook.tellsOf });
      return;
    }
    const pause = retriesMs[attempt];
    if (attempt === 0) log.warn({ order: webhook.reference, answers }, "a gateway's webhook was refused");
    if (pause !== undefined) {
      this.#timers.after(pause, () => void this.#attempt(webhook, attempt + 1));
      return;
    }
    this.givenUp += 1;
    if (books.webhooks.has(webhook.id)) books.record({ kind: 'webhookDone', id: webhook.id });
  }
}
