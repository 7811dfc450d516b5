/**
 * Webhooks on their way out. Each goes by itself and is posted again until it is answered with 200; what is on its way
 * survives a restart.
 */
import type { FaultSwitch } from './faults.ts';
import { newEventId } from './ids.ts';
import type { WebhookEvent } from './model.ts';
import { businessAccountId, internationalDigits, type SandboxOptions } from './options.ts';
import { post } from '../kit/post.ts';
import { escapedJson, sign } from './signature.ts';
import { Timers } from '../kit/timers.ts';
import type { World } from './world.ts';

export type Signing = 'right' | 'wrong' | 'none';

export class Webhooks {
  readonly #timers = new Timers();
  readonly #held: WebhookEvent[] = [];
  readonly #batch: WebhookEvent[] = [];
  url: string;
  /** What the receiver answered last, for the panel: a status, or that there was none. */
  lastAnswer: number | 'none' | undefined;

  constructor(
    private readonly options: SandboxOptions,
    private readonly world: World,
    private readonly faults: FaultSwitch,
  ) {
    this.url = options.webhookUrl;
  }

  /** Takes up what was on its way when the process ended. */
  resume(): void {
    for (const event of this.world.webhooks.values()) this.#send([event], 0);
  }

  close(): void {
    this.#timers.close();
  }

  enqueue(event: Omit<WebhookEvent, 'id'>): void {
    const whole = { ...event, id: newEventId() };
    this.world.record({ kind: 'webhook', event: whole });
    this.#timers.after(this.faults.current.webhookDelayMs, () => this.#reorder(whole));
  }

  /** Posts any value once, signed as asked. @returns the receiver's status */
  async postOnce(value: unknown, signing: Signing): Promise<number> {
    const body = escapedJson(value);
    const [secret = ''] = this.options.appSecrets;
    const key = signing === 'wrong' ? `${secret}?` : secret;
    return post(this.url, body, {
      'Content-Type': 'application/json',
      'User-Agent': 'facebookexternalua',
      ...(signing !== 'none' && { 'X-Hub-Signature-256': sign(body, key) }),
    });
  }

  #reorder(event: WebhookEvent): void {
    const window = this.faults.current.reorderWebhooks?.windowMs;
    if (window === undefined) {
      this.#collect(event);
      return;
    }
    this.#held.push(event);
    if (this.#held.length > 1) return;
    this.#timers.after(window, () => {
      for (const held of shuffled(this.#held.splice(0))) this.#collect(held);
    });
  }

  #collect(event: WebhookEvent): void {
    const { batchWebhooks } = this.faults.current;
    if (batchWebhooks === 0) {
      this.#send([event], 0);
      return;
    }
    this.#batch.push(event);
    if (this.#batch.length > 1) return;
    this.#timers.after(batchWebhooks, () => this.#send(this.#batch.splice(0), 0));
  }

  #send(events: readonly WebhookEvent[], attempt: number): void {
    void this.#attempt(events, attempt).then((delivered) => {
      if (delivered) {
        for (const event of events) this.#done(event);
        return;
      }
      const { first, cap } = this.options.retry ?? { first: 500, cap: 15_000 };
      // A cleared chat takes its webhooks with it.
      const left = events.filter(({ id }) => this.world.webhooks.has(id));
      if (left.length === 0) return;
      this.#timers.after(Math.min(cap, first * 2 ** attempt), () => this.#send(left, attempt + 1));
    });
  }

  async #attempt(events: readonly WebhookEvent[], attempt: number): Promise<boolean> {
    const value = this.#envelope(events);
    const copies = Array.from({ length: this.faults.current.duplicateWebhooks }, () =>
      this.postOnce(value, 'right').catch(() => 'none' as const),
    );
    const answers = await Promise.all(copies);
    this.lastAnswer = answers.at(-1);
    const delivered = answers.every((answer) => answer === 200);
    // Once is enough: an outage of an hour would fill the log.
    if (!delivered && attempt === 0) {
      this.options.log.warn({ event: events[0]?.id, answers }, 'webhook refused, will be posted again');
    }
    return delivered;
  }

  #done({ id, kind, wamid }: WebhookEvent): void {
    if (!this.world.webhooks.has(id)) return;
    this.world.record({ kind: 'webhookDone', id });
    if (kind === 'messages' && this.world.message(wamid)?.state === 'waiting') {
      this.world.record({ kind: 'state', wamid, state: 'delivered', at: (this.options.now ?? Date.now)() });
    }
  }

  /**
   * One event has one entry with one change. Of a batch, neighbours of one kind share a change, and two changes share an
   * entry, so that a receiver meets every shape that Meta may send.
   */
  #envelope(events: readonly WebhookEvent[]): unknown {
    const groups: WebhookEvent[][] = [];
    for (const event of events) {
      const group = groups.at(-1);
      if (group?.[0]?.kind === event.kind && group.length < 3) group.push(event);
      else groups.push([event]);
    }
    const changes = groups.map((group) => ({ value: this.#value(group), field: 'messages' }));
    const entry = [];
    for (let index = 0; index < changes.length; index += 2) {
      entry.push({ id: businessAccountId, changes: changes.slice(index, index + 2) });
    }
    return { object: 'whatsapp_business_account', entry };
  }

  #value(group: readonly WebhookEvent[]): unknown {
    const contacts = new Map(
      group.flatMap(({ contact }) => (contact ? [[contact['user_id'], contact]] : [])),
    );
    return {
      messaging_product: 'whatsapp',
      metadata: {
        display_phone_number: internationalDigits(this.options.corporationNumber),
        phone_number_id: this.options.phoneNumberId,
      },
      ...(contacts.size > 0 && { contacts: [...contacts.values()] }),
      [group[0]?.kind ?? 'messages']: group.map(({ item }) => item),
    };
  }
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
