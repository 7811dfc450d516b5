/** What becomes of an accepted message: sent, delivered, read or failed, each told by a status webhook. */
import type { FaultSwitch } from './faults.ts';
import { statusError, type StatusError } from './errors.ts';
import type { Citizen, MessageState, OutboundMessage } from './model.ts';
import type { SandboxOptions } from './options.ts';
import { linkOf } from './content.ts';
import { fetchLink } from './link.ts';
import { templateKey } from './templates.ts';
import { Timers } from '../kit/timers.ts';
import type { Webhooks } from './webhooks.ts';
import type { World } from './world.ts';

export class Delivery {
  readonly #timers = new Timers();
  readonly #pace;
  readonly #now;
  /** How many pages show the chat of a citizen. */
  readonly #openPages = new Map<string, number>();

  constructor(
    options: SandboxOptions,
    private readonly world: World,
    private readonly webhooks: Webhooks,
    private readonly faults: FaultSwitch,
  ) {
    this.#pace = options.pace ?? { sent: 40, delivered: 120, read: 700 };
    this.#now = options.now ?? Date.now;
  }

  /** Takes up messages that were under way when the process ended. */
  resume(): void {
    for (const message of this.world.outboundSince(0)) this.advance(message.wamid);
  }

  close(): void {
    this.#timers.close();
  }

  /** Brings a message one step further, each in its time. */
  advance(wamid: string): void {
    const message = this.world.message(wamid);
    if (message?.direction !== 'outbound') return;
    if (message.state === 'accepted') this.#timers.after(this.#pace.sent, () => void this.#leave(wamid));
    if (message.state === 'sent' && message.content.type !== 'reaction') {
      this.#timers.after(this.#pace.delivered, () => this.#move(wamid, 'sent', 'delivered'));
    }
    if (message.state === 'delivered' && this.#reads(message.citizenId)) {
      this.#timers.after(this.#pace.read, () => {
        if (this.#reads(message.citizenId)) this.#move(wamid, 'delivered', 'read');
      });
    }
  }

  /** Somebody looks at this chat: what is there is read, and so is what comes. @returns call it when they leave */
  open(citizenId: string): () => void {
    this.#openPages.set(citizenId, (this.#openPages.get(citizenId) ?? 0) + 1);
    for (const { wamid, state } of this.world.chat(citizenId)) {
      if (state === 'delivered') this.#move(wamid, 'delivered', 'read');
    }
    return () => void this.#openPages.set(citizenId, (this.#openPages.get(citizenId) ?? 1) - 1);
  }

  #reads(citizenId: string | undefined): boolean {
    if (citizenId === undefined) return false;
    return (
      (this.#openPages.get(citizenId) ?? 0) > 0 || this.world.citizens.get(citizenId)?.readsMessages === true
    );
  }

  /** The first step: WhatsApp fetches what hangs on a link, and finds out whether the message can go at all. */
  async #leave(wamid: string): Promise<void> {
    const message = this.world.message(wamid);
    if (message?.direction !== 'outbound' || message.state !== 'accepted') return;
    if (message.fails) {
      this.#move(wamid, 'accepted', 'failed', message.fails);
      return;
    }
    const link = linkOf(message.content);
    if (link !== undefined) {
      try {
        const { bytes, mimeType } = await fetchLink(link);
        const { id: mediaId } = this.world.keepMedia(bytes, mimeType, this.#now());
        this.world.record({ kind: 'linked', wamid, mediaId });
      } catch {
        const error = statusError(131053, 'Downloading media from the given link failed.');
        this.#move(wamid, 'accepted', 'failed', error);
        return;
      }
    }
    this.#move(wamid, 'accepted', 'sent');
  }

  #move(
    wamid: string,
    from: MessageState,
    to: 'sent' | 'delivered' | 'read' | 'failed',
    error?: StatusError,
  ): void {
    const before = this.world.message(wamid);
    if (before?.direction !== 'outbound' || before.state !== from) return;
    const at = this.#now();
    this.world.record({ kind: 'state', wamid, state: to, at, ...(error && { error }) });
    if (to === 'delivered' && before.citizenId !== undefined) this.world.setTyping(before.citizenId, 0);
    if (!this.faults.dropsStatus(to)) {
      const citizen = before.citizenId === undefined ? undefined : this.world.citizens.get(before.citizenId);
      const contact = to !== 'failed' && citizen ? contactOf(citizen) : undefined;
      this.webhooks.enqueue({
        wamid,
        kind: 'statuses',
        ...(contact && { contact }),
        item: this.#status(before, citizen, to, at, error),
      });
    }
    this.advance(wamid);
  }

  #status(
    message: OutboundMessage,
    citizen: Citizen | undefined,
    status: string,
    at: number,
    error: StatusError | undefined,
  ): Readonly<Record<string, unknown>> {
    const byPhone = message.addressedBy === 'phone';
    // A status names whom it is about as the message was addressed: by id alone where the id was.
    const phone = byPhone ? message.recipient.replace(/\D/g, '') : undefined;
    // A failed message to a number does not tell whose number it is.
    const bsuid = status === 'failed' && byPhone ? undefined : (citizen?.bsuid ?? message.recipient);
    return {
      id: message.wamid,
      status,
      timestamp: String(Math.floor(at / 1000)),
      ...(phone !== undefined && { recipient_id: phone }),
      ...(bsuid !== undefined && { recipient_user_id: bsuid }),
      ...(message.opaque !== undefined && { biz_opaque_callback_data: message.opaque }),
      // On `sent` and on one of the later two, never on both.
      ...((status === 'sent' || status === 'delivered') && {
        pricing: { billable: true, pricing_model: 'PMP', type: 'regular', category: this.#category(message) },
      }),
      ...(error && {
        errors: [
          {
            code: error.code,
            title: error.title,
            message: error.title,
            error_data: { details: error.details },
            href: '/documentation/business-messaging/whatsapp/support/error-codes',
          },
        ],
      }),
    };
  }

  /** Since October 2026 whatever is not a template is a service message and costs money. */
  #category({ content }: OutboundMessage): string {
    if (content.type !== 'template') return 'service';
    const { name, language } = content.template;
    return this.world.templates.get(templateKey(name, language.code))?.category ?? 'utility';
  }
}

/** The number, unless the citizen goes by a username. */
export const visiblePhone = (citizen: Citizen): string | undefined =>
  citizen.username === undefined ? citizen.phone : undefined;

/** How a webhook introduces a citizen. */
export function contactOf(citizen: Citizen): Readonly<Record<string, unknown>> {
  const phone = visiblePhone(citizen);
  return {
    profile: { name: citizen.name, ...(citizen.username !== undefined && { username: citizen.username }) },
    ...(phone !== undefined && { wa_id: phone }),
    user_id: citizen.bsuid,
  };
}
