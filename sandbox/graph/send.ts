/** `POST /<phone number id>/messages`: sends a message, or marks one of the citizen's as read and shows typing. */
import { badParameter, refusal, statusError, type StatusError } from './errors.ts';
import { filesOf } from './content.ts';
import type { Delivery } from './delivery.ts';
import type { FaultSwitch } from './faults.ts';
import { newWamid } from './ids.ts';
import { RateLimit } from './limits.ts';
import type { Citizen, OutboundMessage } from './model.ts';
import type { SandboxOptions } from './options.ts';
import type { ChatOrders } from './orders.ts';
import { parseRequest, type Envelope, type OutboundContent, type Request } from './payload.ts';
import { fillTemplate, templateKey } from './templates.ts';
import type { World } from './world.ts';

/** Typing goes away with the next message, or after so long. */
const typingMs = 25_000;

const pairBurst = 45;
const pairPerMs = 1 / 6_000;

const bsuidForm = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;
const numberForm = /^\+?[\d\s().-]{5,20}$/;

interface Recipient {
  readonly input: string;
  readonly addressedBy: 'phone' | 'bsuid';
  readonly citizen: Citizen | undefined;
  /** A BSUID in `to` is taken, answered, and goes nowhere (reference 0.4). */
  readonly lost: boolean;
}

export class Sender {
  readonly #throughput = new RateLimit();
  readonly #pairs = new RateLimit();
  readonly #now;

  constructor(
    options: SandboxOptions,
    private readonly world: World,
    private readonly delivery: Delivery,
    private readonly faults: FaultSwitch,
    private readonly orders: ChatOrders,
  ) {
    this.#now = options.now ?? Date.now;
  }

  /**
   * Checks a request body without doing anything yet.
   * @throws GraphError as Meta would refuse it
   */
  parse(body: unknown): Request {
    return parseRequest(body);
  }

  /** @returns the body of the answer. @throws GraphError */
  handle(request: Request): unknown {
    return request.kind === 'read'
      ? this.#markRead(request.messageId, request.typing)
      : this.#send(request.envelope, request.content);
  }

  forgetLimits(): void {
    this.#throughput.forget();
    this.#pairs.forget();
  }

  #markRead(wamid: string, typing: boolean): unknown {
    const message = this.world.message(wamid);
    if (message?.direction !== 'inbound') throw refusal(131009, 'Message ID is invalid');
    const now = this.#now();
    // Reading a message reads the ones before it.
    for (const earlier of this.world.chat(message.citizenId)) {
      const unread = earlier.direction === 'inbound' && earlier.state !== 'read';
      if (unread && earlier.seq <= message.seq) {
        this.world.record({ kind: 'state', wamid: earlier.wamid, state: 'read', at: now });
      }
    }
    if (typing) this.world.setTyping(message.citizenId, now + typingMs);
    return { success: true };
  }

  #send(envelope: Envelope, content: OutboundContent): unknown {
    const recipient = this.#recipient(envelope);
    this.#checkReferences(content);
    if (content.type === 'template') this.#checkTemplate(content, recipient);
    this.orders.check(content);
    this.#checkLimits(recipient);

    const now = this.#now();
    const fails = this.#failure(recipient, content, now);
    const { citizen, input, addressedBy, lost } = recipient;
    const message: OutboundMessage = {
      direction: 'outbound',
      wamid: newWamid(citizen?.phone ?? input, 'outbound'),
      seq: this.world.nextSeq(),
      at: now,
      recipient: input,
      addressedBy,
      content,
      state: lost ? 'dropped' : 'accepted',
      history: [{ state: lost ? 'dropped' : 'accepted', at: now }],
      ...(citizen && !lost && { citizenId: citizen.id }),
      ...(envelope.context && { contextId: envelope.context.message_id }),
      ...(envelope.biz_opaque_callback_data !== undefined && { opaque: envelope.biz_opaque_callback_data }),
      ...(fails && { fails }),
    };
    this.world.record({ kind: 'message', message });
    if (content.type === 'reaction' && !fails && !lost) {
      const { message_id: wamid, emoji } = content.reaction;
      this.world.record({ kind: 'reaction', wamid, by: 'corporation', emoji });
    }
    this.orders.taken(content);
    this.delivery.advance(message.wamid);
    return {
      messaging_product: 'whatsapp',
      contacts: [
        { input, ...(addressedBy === 'phone' ? { wa_id: input.replace(/\D/g, '') } : { user_id: input }) },
      ],
      messages: [{ id: message.wamid, ...(content.type === 'template' && { message_status: 'accepted' }) }],
    };
  }

  /** `to` wins over `recipient`. */
  #recipient({ to, recipient }: Envelope): Recipient {
    if (to !== undefined) {
      const byPhone = numberForm.test(to);
      if (!byPhone && !bsuidForm.test(to)) throw refusal(131009, 'Recipient phone number is not valid');
      const citizen = byPhone ? this.world.citizenByPhone(to.replace(/\D/g, '')) : undefined;
      return { input: to, addressedBy: byPhone ? 'phone' : 'bsuid', citizen, lost: !byPhone };
    }
    if (recipient === undefined) throw badParameter('The parameter to is required.');
    if (!bsuidForm.test(recipient)) throw refusal(131009, 'Recipient user ID is not valid');
    return {
      input: recipient,
      addressedBy: 'bsuid',
      citizen: this.world.citizenByBsuid(recipient),
      lost: false,
    };
  }

  #checkReferences(content: OutboundContent): void {
    for (const { at, source } of filesOf(content)) {
      if (source.id !== undefined && !this.world.media.has(source.id)) {
        throw badParameter(`Param ${at}['id'] is not a valid whatsapp business account media attachment ID`);
      }
    }
    if (content.type === 'reaction' && !this.world.message(content.reaction.message_id)) {
      throw refusal(131009, 'Message ID is invalid');
    }
  }

  #checkTemplate(
    { template: call }: Extract<OutboundContent, { type: 'template' }>,
    recipient: Recipient,
  ): void {
    const { name, language } = call;
    const template = this.world.templates.get(templateKey(name, language.code));
    if (!template) throw refusal(132001, `template name (${name}) does not exist in ${language.code}`);
    if (template.category === 'authentication' && recipient.addressedBy === 'bsuid') {
      throw refusal(131062, 'Authentication templates cannot be sent to a business-scoped user ID.');
    }
    fillTemplate(template, call);
  }

  #checkLimits({ citizen, input }: Recipient): void {
    const { throughput, pairLimit } = this.faults.current;
    const now = this.#now();
    if (throughput > 0 && !this.#throughput.take('all', throughput, throughput / 1000, now)) {
      throw refusal(130429, 'Cloud API message throughput has been reached.');
    }
    if (pairLimit && !this.#pairs.take(citizen?.id ?? input, pairBurst, pairPerMs, now)) {
      throw refusal(
        131056,
        'Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time.',
      );
    }
  }

  /** What Meta accepts first and tells later that it could not deliver. */
  #failure({ citizen, lost }: Recipient, content: OutboundContent, now: number): StatusError | undefined {
    if (lost) return undefined;
    if (!citizen) return statusError(131026, 'Message Undeliverable.');
    if (content.type !== 'template' && citizen.windowEndsAt <= now) {
      return statusError(
        131047,
        'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
      );
    }
    return undefined;
  }
}
