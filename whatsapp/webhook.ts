/**
 * Reads what Meta posts to the webhook. Lenient: unknown fields pass, unknown kinds become `unsupported`, and one
 * bad message never loses the others, for Meta puts up to 1000 updates into one post and batches as it likes.
 */
import { z } from 'zod';
import type {
  Identity,
  IdentityChange,
  InboundContent,
  InboundMessage,
  MediaKind,
  Sender,
} from '../domain/conversation/inbound.ts';
import { asBsuid, asPhone } from './identity.ts';
import {
  cutContent,
  cutSender,
  mostCards,
  mostContacts,
  mostErrors,
  mostPhonesOfCard,
} from './inbound-limits.ts';
import { forOperators, peopleIn } from './notices.ts';

export interface ReceivedMessage {
  /** Meta's id of our number. */
  readonly phoneNumberId: string;
  readonly sender: Sender;
  readonly message: InboundMessage;
}

export const deliveryStates = ['sent', 'failed', 'delivered', 'read', 'played'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export interface DeliveryStatus {
  readonly phoneNumberId: string;
  readonly wamid: string;
  readonly status: DeliveryState;
  /** Seconds since 1970, UTC. */
  readonly at: number;
  readonly recipient: Identity;
  /** What we gave the message as `biz_opaque_callback_data`. */
  readonly opaqueId?: string;
  /** On `sent` and on one of `delivered` and `read`. */
  readonly pricing?: Pricing;
  readonly errors: readonly DeliveryError[];
}

export interface Pricing {
  /** E.g. `service`, `utility`. */
  readonly category: string;
  /** E.g. `regular`, `free_customer_service`. */
  readonly type?: string;
  /** Meta is going to leave this out in favour of the other two. */
  readonly billable?: boolean;
}

export interface DeliveryError {
  readonly code: number;
  readonly title: string;
  readonly details?: string;
}

/** What was told of a citizen's identity at one of our numbers. */
export interface ReceivedIdentityChange extends IdentityChange {
  readonly phoneNumberId: string;
}

/** Something was said of the payment of an order in the chat. It proves nothing: it is a reason to ask the gateway. */
export interface ChatPaymentStatus {
  readonly phoneNumberId: string;
  /** Ours, as far as it goes. */
  readonly reference: string;
  /** WhatsApp has it as paid. */
  readonly isPaid: boolean;
  /** The words in which it came, without people. */
  readonly words: string;
}

/** Anything for operators. */
export interface Notice {
  /**
   * Meta's field, e.g. `account_update`; or `messages.errors` for errors that belong to no message,
   * `messages.payment` for the payment of an order in the chat that is not ours.
   */
  readonly field: string;
  /** What operators need of it, without people. */
  readonly value: unknown;
  /** WhatsApp's ids of the people whom it named. */
  readonly people: readonly string[];
  readonly wabaId?: string;
  readonly phoneNumberId?: string;
}

export type IgnoredReason =
  | 'malformed entry'
  | 'malformed change'
  | 'malformed message'
  | 'malformed status'
  | 'message without sender'
  | 'message in a group'
  | 'message twice'
  | 'status twice'
  | 'unknown status'
  | 'system message';

export interface Ignored {
  readonly reason: IgnoredReason;
  /** Meta's word for the unknown thing, where there is one. */
  readonly type?: string;
}

export interface ParsedWebhook {
  readonly messages: readonly ReceivedMessage[];
  readonly statuses: readonly DeliveryStatus[];
  readonly payments: readonly ChatPaymentStatus[];
  readonly identityChanges: readonly ReceivedIdentityChange[];
  readonly notices: readonly Notice[];
  readonly ignored: readonly Ignored[];
}

/** The body is no notification of WhatsApp at all. */
export class NotAWebhookError extends Error {
  override readonly name = 'NotAWebhookError';
}

/**
 * @param body the parsed JSON of a post whose signature was right
 * @param now seconds since 1970, stands in where Meta's own time cannot be read
 * @throws NotAWebhookError only
 */
export function parseWebhook(body: unknown, now: number = Math.floor(Date.now() / 1000)): ParsedWebhook {
  const envelope = envelopeSchema.safeParse(body);
  if (!envelope.success) {
    throw new NotAWebhookError(
      'expected {"object":"whatsapp_business_account","entry":[…]}, got something else',
    );
  }
  const parsed: Collector = {
    messages: [],
    statuses: [],
    payments: [],
    identityChanges: [],
    notices: [],
    ignored: [],
  };
  const seen = new Set<string>();
  for (const rawEntry of envelope.data.entry) {
    const entry = entrySchema.safeParse(rawEntry);
    if (!entry.success) {
      parsed.ignored.push({ reason: 'malformed entry' });
      continue;
    }
    for (const rawChange of entry.data.changes) {
      const change = changeSchema.safeParse(rawChange);
      if (!change.success) parsed.ignored.push({ reason: 'malformed change' });
      else readChange(change.data, { parsed, seen, now, wabaId: entry.data.id });
    }
  }
  return parsed;
}

/** Where a status stands. Statuses come late, twice and out of order, so the highest one counts, never the latest. */
export const statusRank: Readonly<Record<'accepted' | DeliveryState, number>> = {
  accepted: 0,
  sent: 1,
  // A message that arrived did not fail, whatever is said before or afterwards.
  failed: 2,
  delivered: 3,
  read: 4,
  played: 5,
};

/** Whether a message that stands at `from` moves when a status says `to`. */
export const advances = (from: 'accepted' | DeliveryState, to: DeliveryState): boolean =>
  statusRank[to] > statusRank[from];

type Collector = { readonly [K in keyof ParsedWebhook]: ParsedWebhook[K][number][] };

/** What the readers of one post share. */
interface Reading {
  readonly parsed: Collector;
  /** Messages and statuses that were already read: Meta has been seen to put one twice into a post. */
  readonly seen: Set<string>;
  readonly now: number;
  readonly wabaId?: string;
}

// ── Meta's shapes ────────────────────────────────────────────────────────────────────────────────────────────────

/** Text without what Postgres cannot store (NUL, halves of surrogate pairs), which would cost the whole batch. */
const text = z.string().overwrite((value) => value.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD'));
const name = text.min(1);

/** A field whose absence or odd type must not cost the rest. */
const maybe = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

const list = z.array(z.unknown()).default([]).catch([]);

const envelopeSchema = z.object({
  object: z.literal('whatsapp_business_account'),
  entry: z.array(z.unknown()),
});
const entrySchema = z.object({ id: maybe(name), changes: z.array(z.unknown()) });
const changeSchema = z.object({ field: name, value: z.unknown().optional() });

const messagesSchema = z.object({
  metadata: z.object({ phone_number_id: name }),
  contacts: list,
  messages: list,
  statuses: list,
  errors: list,
});

const contactSchema = z.object({
  wa_id: maybe(text),
  user_id: maybe(text),
  parent_user_id: maybe(text),
  profile: maybe(z.object({ name: maybe(name), username: maybe(name) })),
});
type Contact = z.infer<typeof contactSchema>;

const messageSchema = z.object({
  id: name,
  type: name.catch('unknown'),
  timestamp: z.unknown().optional(),
  from: maybe(text),
  from_user_id: maybe(text),
  from_parent_user_id: maybe(text),
  group_id: maybe(name),
});
type Message = z.infer<typeof messageSchema>;

const systemSchema = z.object({
  system: z.object({
    type: z.enum(['user_changed_number', 'user_changed_user_id']),
    wa_id: maybe(text),
    user_id: maybe(text),
    previous_user_id: maybe(text),
  }),
});

const errorSchema = z.object({
  // Meta's codes are small; the column is an integer.
  code: z.int32(),
  title: text.catch(''),
  error_data: maybe(z.object({ details: maybe(name) })),
});

const statusSchema = z.object({
  id: name,
  status: name,
  type: maybe(name),
  timestamp: z.unknown().optional(),
  recipient_id: maybe(text),
  recipient_user_id: maybe(text),
  recipient_type: maybe(name),
  biz_opaque_callback_data: maybe(name),
  pricing: maybe(z.object({ category: name, type: maybe(name), billable: maybe(z.boolean()) })),
  errors: list,
});

/** Meta, "Receive payments via payment gateways": ours are letters and digits. */
const paymentSchema = z.object({ payment: z.object({ reference_id: z.string().regex(/^[A-Z0-9]{1,35}$/) }) });

// ── One change ───────────────────────────────────────────────────────────────────────────────────────────────────

function readChange({ field, value }: z.infer<typeof changeSchema>, reading: Reading): void {
  const { parsed, wabaId } = reading;
  if (field !== 'messages') {
    parsed.notices.push(notice(field, value, { wabaId }));
    return;
  }
  const read = messagesSchema.safeParse(value);
  if (!read.success) {
    parsed.ignored.push({ reason: 'malformed change' });
    return;
  }
  const { metadata, contacts, messages, statuses, errors } = read.data;
  const phoneNumberId = metadata.phone_number_id;
  readMessages(messages, contacts, phoneNumberId, reading);
  for (const status of statuses) readStatus(status, phoneNumberId, reading);
  if (errors.length > 0) {
    parsed.notices.push(notice('messages.errors', errors, { wabaId, phoneNumberId }));
  }
}

function notice(field: string, value: unknown, where: Pick<Notice, 'wabaId' | 'phoneNumberId'>): Notice {
  return withoutGaps({ field, value: forOperators(value), people: peopleIn(value), ...where });
}

function readMessages(
  raw: readonly unknown[],
  rawContacts: readonly unknown[],
  phoneNumberId: string,
  { parsed, seen, now }: Reading,
): void {
  const contacts = rawContacts
    .slice(0, mostContacts)
    .flatMap((contact) => contactSchema.safeParse(contact).data ?? []);
  const senders = new Set(raw.map((message) => senderKey(messageSchema.safeParse(message).data)));
  // Where ids are missing, only a lone contact beside a lone sender is surely the same person.
  const loneContact = contacts.length === 1 && senders.size === 1 ? contacts[0] : undefined;

  for (const content of raw) {
    const read = messageSchema.safeParse(content);
    if (!read.success) {
      parsed.ignored.push({ reason: 'malformed message' });
      continue;
    }
    const message = read.data;
    const { id: wamid, type } = message;
    const sentAt = seconds(message.timestamp) ?? now;
    if (message.group_id !== undefined) {
      parsed.ignored.push({ reason: 'message in a group', type });
    } else if (seen.has(wamid)) {
      parsed.ignored.push({ reason: 'message twice', type });
    } else if (type === 'system') {
      const change = readIdentityChange(content, message);
      if (change === undefined) {
        parsed.ignored.push({ reason: 'system message' });
      } else {
        seen.add(wamid);
        parsed.identityChanges.push({ phoneNumberId, wamid, sentAt, ...change });
      }
    } else {
      const sender = readSender(message, contacts, loneContact);
      if (sender === undefined) {
        parsed.ignored.push({ reason: 'message without sender', type });
      } else {
        seen.add(wamid);
        const said = cutContent(readContent(type, content));
        parsed.messages.push({
          phoneNumberId,
          sender: cutSender(sender),
          message: { wamid, sentAt, content: said.content, ...(said.cut && { cut: true }) },
        });
      }
    }
  }
}

/** Two messages with the same key are surely of one sender; one without ids matches no other. */
const senderKey = (message: Message | undefined): unknown =>
  (message && (asBsuid(message.from_user_id) ?? message.from)) ?? Symbol('nobody');

function readSender(
  message: Message,
  contacts: readonly Contact[],
  loneContact: Contact | undefined,
): Sender | undefined {
  const bsuid = asBsuid(message.from_user_id) ?? asBsuid(message.from);
  const phone = asPhone(message.from);
  const contact =
    contacts.find((one) => bsuid !== undefined && bsuid === bsuidOf(one)) ??
    contacts.find(
      (one) => phone !== undefined && phone === asPhone(one.wa_id) && agrees(bsuid, bsuidOf(one)),
    ) ??
    [loneContact].find((one) => one && agrees(bsuid, bsuidOf(one)) && agrees(phone, asPhone(one.wa_id)));
  const sender: Sender = withoutGaps({
    bsuid: bsuid ?? (contact && bsuidOf(contact)),
    parentBsuid: asBsuid(message.from_parent_user_id) ?? asBsuid(contact?.parent_user_id),
    phone: phone ?? asPhone(contact?.wa_id),
    username: contact?.profile?.username,
    profileName: contact?.profile?.name,
  });
  return sender.bsuid === undefined && sender.phone === undefined ? undefined : sender;
}

/** `wa_id` has been seen to hold the BSUID. */
const bsuidOf = (contact: Contact): string | undefined => asBsuid(contact.user_id) ?? asBsuid(contact.wa_id);

const agrees = (one: string | undefined, other: string | undefined): boolean =>
  one === undefined || other === undefined || one === other;

/** Meta, "System messages webhook": `from` is the old number, `system.wa_id` the new one; any id may be missing. */
function readIdentityChange(
  raw: unknown,
  message: Message,
): Pick<IdentityChange, 'previous' | 'current'> | undefined {
  const system = systemSchema.safeParse(raw).data?.system;
  if (system === undefined) return undefined;
  const current = withoutGaps({ bsuid: asBsuid(system.user_id), phone: asPhone(system.wa_id) });
  const unless = (value: string | undefined, same: string | undefined): string | undefined =>
    value === same ? undefined : value;
  const previous = withoutGaps({
    bsuid: unless(
      asBsuid(system.previous_user_id) ?? asBsuid(message.from_user_id) ?? asBsuid(message.from),
      current.bsuid,
    ),
    phone: unless(asPhone(message.from), current.phone),
  });
  const isEmpty = (identity: Identity): boolean =>
    identity.bsuid === undefined && identity.phone === undefined;
  return isEmpty(previous) || isEmpty(current) ? undefined : { previous, current };
}

function readStatus(raw: unknown, phoneNumberId: string, { parsed, seen, now, wabaId }: Reading): void {
  const read = statusSchema.safeParse(raw);
  if (!read.success) {
    parsed.ignored.push({ reason: 'malformed status' });
    return;
  }
  const { id, status: word, type, recipient_type: recipientType, ...rest } = read.data;
  const status = deliveryStates.find((known) => known === word);
  const key = `${word} ${id}`;
  if (type === 'payment') {
    const payment = paymentSchema.safeParse(raw).data?.payment;
    // Under a reference that is not of our form, it is of an order that somebody else sent from this number.
    if (payment === undefined)
      parsed.notices.push(notice('messages.payment', raw, { wabaId, phoneNumberId }));
    else
      parsed.payments.push({
        phoneNumberId,
        reference: payment.reference_id,
        isPaid: word === 'captured',
        words: wordsOf(raw),
      });
  } else if (recipientType === 'group') {
    parsed.ignored.push({ reason: 'message in a group', type: word });
  } else if (status === undefined) {
    parsed.ignored.push({ reason: 'unknown status', type: word });
  } else if (seen.has(key)) {
    parsed.ignored.push({ reason: 'status twice', type: word });
  } else {
    seen.add(key);
    parsed.statuses.push(
      withoutGaps({
        phoneNumberId,
        wamid: id,
        status,
        at: seconds(rest.timestamp) ?? now,
        recipient: withoutGaps({
          bsuid: asBsuid(rest.recipient_user_id) ?? asBsuid(rest.recipient_id),
          phone: asPhone(rest.recipient_id),
        }),
        opaqueId: rest.biz_opaque_callback_data,
        pricing: rest.pricing && withoutGaps(rest.pricing),
        errors: rest.errors.slice(0, mostErrors).flatMap((error) => {
          const known = errorSchema.safeParse(error).data;
          return known === undefined
            ? []
            : [withoutGaps({ code: known.code, title: known.title, details: known.error_data?.details })];
        }),
      }),
    );
  }
}

/** A payment of Meta's has some hundred characters. */
const longestWords = 2_000;

const wordsOf = (status: unknown): string => JSON.stringify(forOperators(status)).slice(0, longestWords);

// ── What was said ────────────────────────────────────────────────────────────────────────────────────────────────

/** Reads the part of a message that its type names; a part that is missing or odd makes it unsupported. */
function readContent(type: string, raw: unknown): InboundContent {
  try {
    return contentSchemas.get(type)?.safeParse(raw).data ?? { kind: 'unsupported', type };
  } catch (error) {
    // JSON that is nested too deep to be walked through.
    if (error instanceof RangeError) return { kind: 'unsupported', type };
    throw error;
  }
}

const content = <T extends z.ZodType>(schema: T, read: (value: z.output<T>) => InboundContent) =>
  schema.transform((value): InboundContent => withoutGaps(read(value)));

const media = (kind: MediaKind): z.ZodType<InboundContent> =>
  content(
    z.object({
      [kind]: z.object({
        id: name,
        mime_type: name.catch('application/octet-stream'),
        caption: maybe(name),
        filename: maybe(name),
        voice: maybe(z.boolean()),
      }),
    }),
    (value) => {
      const { id, mime_type: mimeType, ...rest } = value[kind] as NonNullable<(typeof value)[string]>;
      return { kind, mediaId: id, mimeType, ...rest };
    },
  );

const tap = z
  .object({ id: name, title: text.catch('') })
  .transform(({ id, title }): InboundContent => ({ kind: 'tap', id, title }));

/** `response_json` is meant to be a string of JSON, whatever that JSON is. */
const form = z
  .object({ response_json: z.union([text, z.json().transform((value) => JSON.stringify(value))]) })
  .transform((value): InboundContent => ({ kind: 'form', responseJson: value.response_json }));

const interactive = z.union([
  z.object({ button_reply: tap }).transform((value) => value.button_reply),
  z.object({ list_reply: tap }).transform((value) => value.list_reply),
  z.object({ nfm_reply: form }).transform((value) => value.nfm_reply),
  content(z.object({ type: name }), ({ type }) => ({ kind: 'unsupported', type })),
]);

const cardSchema = z.object({ origin: maybe(text), phones: list });
const cardPhoneSchema = z.object({ wa_id: maybe(text), phone: maybe(text) });

function readCards(cards: readonly unknown[]): InboundContent {
  const all = cards.slice(0, mostCards).flatMap((card) => cardSchema.safeParse(card).data ?? []);
  // Only a card that answers our request proves the number to be the citizen's own; never mix it with others.
  const own = all.filter(({ origin }) => origin === 'contact_request');
  const phones = (own.length > 0 ? own : all)
    .flatMap((card) => card.phones.slice(0, mostPhonesOfCard))
    .flatMap((phone) => cardPhoneSchema.safeParse(phone).data ?? [])
    .flatMap((phone) => asPhone(phone.wa_id) ?? asPhone(phone.phone?.replace(/[\s()-]/g, '')) ?? []);
  return { kind: 'contacts', phones: [...new Set(phones)], requested: own.length > 0 };
}

/** Meta's type of a message → how to read it (Meta, "Messages webhook", one page a type). */
const contentSchemas = new Map<string, z.ZodType<InboundContent>>([
  [
    'text',
    content(z.object({ text: z.object({ body: text }) }), (value) => ({
      kind: 'text',
      text: value.text.body,
    })),
  ],
  [
    'button',
    content(z.object({ button: z.object({ payload: maybe(name), text: name }) }), ({ button }) => ({
      kind: 'quickReply',
      payload: button.payload ?? button.text,
      text: button.text,
    })),
  ],
  ['interactive', content(z.object({ interactive }), (value) => value.interactive)],
  ['image', media('image')],
  ['video', media('video')],
  ['audio', media('audio')],
  ['document', media('document')],
  ['sticker', media('sticker')],
  [
    'location',
    content(
      z.object({ location: z.object({ latitude: z.number(), longitude: z.number() }) }),
      ({ location }) => ({
        kind: 'location',
        ...location,
      }),
    ),
  ],
  ['contacts', content(z.object({ contacts: z.array(z.unknown()) }), (value) => readCards(value.contacts))],
  [
    'reaction',
    // Taken back: no emoji, or an empty one.
    content(z.object({ reaction: z.object({ message_id: name, emoji: maybe(name) }) }), ({ reaction }) => ({
      kind: 'reaction',
      wamid: reaction.message_id,
      ...(reaction.emoji === undefined ? {} : { emoji: reaction.emoji }),
    })),
  ],
  ['order', content(z.object({ order: z.looseObject({}) }), () => ({ kind: 'order' }))],
  [
    'edit',
    content(
      z.object({
        edit: z.object({
          original_message_id: name,
          message: maybe(z.object({ text: maybe(z.object({ body: text })) })),
        }),
      }),
      ({ edit }) => ({
        kind: 'edit',
        wamid: edit.original_message_id,
        text: edit.message?.text?.body,
      }),
    ),
  ],
  [
    'revoke',
    content(z.object({ revoke: z.object({ original_message_id: name }) }), ({ revoke }) => ({
      kind: 'revoke',
      wamid: revoke.original_message_id,
    })),
  ],
  [
    'unsupported',
    content(z.object({ unsupported: z.object({ type: name }) }), ({ unsupported }) => ({
      kind: 'unsupported',
      type: unsupported.type,
    })),
  ],
]);

/** Meta's string of seconds. Milliseconds have been seen too; as seconds they would lie beyond the year 5000. Undefined where it is no time of our century. */
function seconds(timestamp: unknown): number | undefined {
  const read = z.union([z.string().regex(/^\d{1,15}$/), z.number().nonnegative()]).safeParse(timestamp);
  if (!read.success) return undefined;
  const value = Number(read.data);
  const at = Math.floor(value > 1e11 ? value / 1000 : value);
  return at < endOfCentury ? at : undefined;
}

const endOfCentury = Date.UTC(2100, 0) / 1000;

/** Leaves out what is undefined, so that the result is the same before and after a trip through JSON. */
const withoutGaps = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
