/**
 * Everything that WhatsApp remembers. It changes through `record` alone: the change is applied, written down and told
 * to whoever listens, so a restart that reads the changes again arrives at the same world.
 */
import { EventEmitter } from 'node:events';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { firstCitizens, inventCitizen } from './citizens.ts';
import { defaultTemplates } from './default-templates.ts';
import { newMediaId } from './ids.ts';
import { openJournal, readJournal, type Journal } from '../kit/journal.ts';
import type {
  ChatMessage,
  Citizen,
  InboundContent,
  InboundMessage,
  Media,
  MessageState,
  OrderPayment,
  OutboundMessage,
  WebhookEvent,
} from './model.ts';
import type { StatusError } from './errors.ts';
import type { OrderStatus } from './payload.ts';
import { templateKey, type Template } from './templates.ts';

type Change =
  | { readonly kind: 'citizen'; readonly citizen: Citizen }
  | { readonly kind: 'message'; readonly message: ChatMessage }
  | {
      readonly kind: 'state';
      readonly wamid: string;
      readonly state: MessageState;
      readonly at: number;
      readonly error?: StatusError;
    }
  | {
      readonly kind: 'reaction';
      readonly wamid: string;
      readonly by: 'citizen' | 'corporation';
      readonly emoji: string;
    }
  | { readonly kind: 'edit'; readonly wamid: string; readonly content: InboundContent }
  | { readonly kind: 'revoke'; readonly wamid: string }
  | { readonly kind: 'linked'; readonly wamid: string; readonly mediaId: string }
  | { readonly kind: 'paid'; readonly wamid: string; readonly payment: OrderPayment }
  | { readonly kind: 'orderStatus'; readonly wamid: string; readonly status: OrderStatus }
  | { readonly kind: 'media'; readonly media: Media }
  | { readonly kind: 'mediaGone'; readonly id: string }
  | { readonly kind: 'template'; readonly template: Template }
  | { readonly kind: 'templateGone'; readonly key: string }
  | { readonly kind: 'webhook'; readonly event: WebhookEvent }
  | { readonly kind: 'webhookDone'; readonly id: string }
  | { readonly kind: 'clear' };

interface Events {
  /** A chat has a new message, or one of its messages changed. */
  message: [ChatMessage];
  typing: [citizenId: string];
  cleared: [];
}

export class World extends EventEmitter<Events> {
  readonly citizens = new Map<string, Citizen>();
  readonly templates = new Map<string, Template>();
  readonly media = new Map<string, Media>();
  readonly webhooks = new Map<string, WebhookEvent>();
  readonly #messages = new Map<string, ChatMessage>();
  /** Ids of a citizen's messages, oldest first. */
  readonly #chats = new Map<string, string[]>();
  readonly #outbound: string[] = [];
  /** The message of each order, by the corporation's reference. */
  readonly #orders = new Map<string, string>();
  readonly #byPhone = new Map<string, string>();
  readonly #byBsuid = new Map<string, string>();
  readonly #typingUntil = new Map<string, number>();
  readonly #files: { put(id: string, bytes: Buffer): void; get(id: string): Buffer; drop(id: string): void };
  readonly #journal: Journal | undefined;
  #seq = 0;
  #invented = 0;

  /**
   * @param folder where the world is kept; without one it ends with the process
   * @param pagesUrl where the links of templates lead
   */
  constructor(folder: string | undefined, pagesUrl: string) {
    super();
    // One listener for each phone page that is open.
    this.setMaxListeners(0);
    this.#files = folder === undefined ? filesInMemory() : filesIn(join(folder, 'media'));
    for (const citizen of firstCitizens) this.#apply({ kind: 'citizen', citizen });
    for (const template of defaultTemplates(pagesUrl)) this.#apply({ kind: 'template', template });
    if (folder === undefined) return;
    const file = join(folder, 'whatsapp.jsonl');
    for (const change of readJournal(file)) this.#apply(change as Change);
    this.#journal = openJournal(file, this.#asChanges());
  }

  record(change: Change): void {
    this.#apply(change);
    this.#journal?.append(change);
    if ('wamid' in change || change.kind === 'message') {
      const message = change.kind === 'message' ? change.message : this.#messages.get(change.wamid);
      if (message) this.emit('message', this.#messages.get(message.wamid) ?? message);
    }
    if (change.kind === 'clear') this.emit('cleared');
  }

  close(): void {
    this.#journal?.close();
  }

  nextSeq(): number {
    return ++this.#seq;
  }

  message(wamid: string): ChatMessage | undefined {
    return this.#messages.get(wamid);
  }

  /** The message of an order, by the corporation's reference. */
  order(reference: string): OutboundMessage | undefined {
    const message = this.#messages.get(this.#orders.get(reference) ?? '');
    return message?.direction === 'outbound' ? message : undefined;
  }

  chat(citizenId: string): ChatMessage[] {
    return (this.#chats.get(citizenId) ?? []).flatMap((wamid) => this.#messages.get(wamid) ?? []);
  }

  lastMessage(citizenId: string): ChatMessage | undefined {
    return this.#messages.get(this.#chats.get(citizenId)?.at(-1) ?? '');
  }

  /** Oldest first. */
  outboundSince(seq: number): OutboundMessage[] {
    const found: OutboundMessage[] = [];
    // From the newest back: whoever polls wants the last few of many.
    for (let index = this.#outbound.length - 1; index >= 0; index--) {
      const message = this.#messages.get(this.#outbound[index] ?? '');
      if (message?.direction !== 'outbound') continue;
      if (message.seq <= seq) break;
      found.push(message);
    }
    return found.reverse();
  }

  citizenByPhone(phone: string): Citizen | undefined {
    return this.citizens.get(this.#byPhone.get(phone) ?? '');
  }

  citizenByBsuid(bsuid: string): Citizen | undefined {
    return this.citizens.get(this.#byBsuid.get(bsuid) ?? '');
  }

  inventCitizens(count: number): Citizen[] {
    return Array.from({ length: count }, () => {
      const citizen = inventCitizen(this.#invented + 1);
      this.record({ kind: 'citizen', citizen });
      return citizen;
    });
  }

  /** Keeps a file and gives it an id. */
  keepMedia(bytes: Buffer, mimeType: string, at: number, filename?: string): Media {
    const media: Media = {
      id: newMediaId(),
      mimeType,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      size: bytes.length,
      at,
      ...(filename !== undefined && { filename }),
    };
    this.#files.put(media.id, bytes);
    this.record({ kind: 'media', media });
    return media;
  }

  bytesOf(media: Media): Buffer {
    return this.#files.get(media.id);
  }

  /** The corporation is typing, until a message comes or this moment passes. Not kept over a restart. */
  setTyping(citizenId: string, until: number): void {
    this.#typingUntil.set(citizenId, until);
    this.emit('typing', citizenId);
  }

  typingUntil(citizenId: string): number {
    return this.#typingUntil.get(citizenId) ?? 0;
  }

  #apply(change: Change): void {
    switch (change.kind) {
      case 'citizen': {
        const { citizen } = change;
        const before = this.citizens.get(citizen.id);
        if (before) {
          this.#byPhone.delete(before.phone);
          this.#byBsuid.delete(before.bsuid);
        }
        this.citizens.set(citizen.id, citizen);
        this.#byPhone.set(citizen.phone, citizen.id);
        this.#byBsuid.set(citizen.bsuid, citizen.id);
        this.#invented = Math.max(this.#invented, Number(/^c(\d+)$/.exec(citizen.id)?.[1] ?? 0));
        return;
      }
      case 'message':
        this.#add(change.message);
        return;
      case 'state': {
        const { state, at, error } = change;
        this.#change(change.wamid, (message) => ({
          ...message,
          state,
          history: [...message.history, { state, at }],
          ...(error && { error }),
        }));
        return;
      }
      case 'reaction':
        this.#change(change.wamid, (message) => ({
          ...message,
          reactions: { ...message.reactions, [change.by]: change.emoji },
        }));
        return;
      case 'edit':
        this.#changeInbound(change.wamid, { content: change.content, edited: true });
        return;
      case 'revoke':
        this.#changeInbound(change.wamid, { revoked: true });
        return;
      case 'linked':
        this.#changeOutbound(change.wamid, { linkedMediaId: change.mediaId });
        return;
      case 'paid':
        this.#changeOutbound(change.wamid, { payment: change.payment });
        return;
      case 'orderStatus':
        this.#changeOutbound(change.wamid, { orderStatus: change.status });
        return;
      case 'media':
        this.media.set(change.media.id, change.media);
        return;
      case 'mediaGone':
        this.media.delete(change.id);
        this.#files.drop(change.id);
        return;
      case 'template':
        this.templates.set(templateKey(change.template.name, change.template.language), change.template);
        return;
      case 'templateGone':
        this.templates.delete(change.key);
        return;
      case 'webhook':
        this.webhooks.set(change.event.id, change.event);
        return;
      case 'webhookDone':
        this.webhooks.delete(change.id);
        return;
      case 'clear':
        for (const id of this.media.keys()) this.#files.drop(id);
        for (const all of [
          this.#messages,
          this.#chats,
          this.#orders,
          this.media,
          this.webhooks,
          this.#typingUntil,
        ])
          all.clear();
        this.#outbound.length = 0;
        for (const citizen of this.citizens.values()) {
          this.citizens.set(citizen.id, { ...citizen, windowEndsAt: 0 });
        }
    }
  }

  #add(message: ChatMessage): void {
    this.#seq = Math.max(this.#seq, message.seq);
    this.#messages.set(message.wamid, message);
    if (message.direction === 'outbound') {
      this.#outbound.push(message.wamid);
      const { content } = message;
      if (content.type === 'interactive' && content.interactive.type === 'order_details')
        this.#orders.set(content.interactive.action.parameters.reference_id, message.wamid);
    }
    if (message.citizenId === undefined) return;
    const chat = this.#chats.get(message.citizenId) ?? [];
    chat.push(message.wamid);
    this.#chats.set(message.citizenId, chat);
  }

  #change(wamid: string, how: (message: ChatMessage) => ChatMessage): void {
    const message = this.#messages.get(wamid);
    if (message) this.#messages.set(wamid, how(message));
  }

  #changeOutbound(wamid: string, change: Partial<OutboundMessage>): void {
    this.#change(wamid, (message) =>
      message.direction === 'outbound' ? { ...message, ...change } : message,
    );
  }

  #changeInbound(wamid: string, change: Partial<InboundMessage>): void {
    this.#change(wamid, (message) => (message.direction === 'inbound' ? { ...message, ...change } : message));
  }

  /** The shortest list of changes that leads to this world. */
  #asChanges(): Change[] {
    return [
      ...[...this.citizens.values()].map((citizen): Change => ({ kind: 'citizen', citizen })),
      ...[...this.templates.values()].map((template): Change => ({ kind: 'template', template })),
      ...[...this.media.values()].map((media): Change => ({ kind: 'media', media })),
      ...[...this.#messages.values()].map((message): Change => ({ kind: 'message', message })),
      ...[...this.webhooks.values()].map((event): Change => ({ kind: 'webhook', event })),
    ];
  }
}

function filesInMemory(): {
  put(id: string, bytes: Buffer): void;
  get(id: string): Buffer;
  drop(id: string): void;
} {
  const files = new Map<string, Buffer>();
  return {
    put: (id, bytes) => void files.set(id, bytes),
    get: (id) => files.get(id) ?? Buffer.alloc(0),
    drop: (id) => void files.delete(id),
  };
}

function filesIn(folder: string): ReturnType<typeof filesInMemory> {
  mkdirSync(folder, { recursive: true });
  return {
    put: (id, bytes) => writeFileSync(join(folder, id), bytes),
    get: (id) => readFileSync(join(folder, id)),
    drop: (id) => rmSync(join(folder, id), { force: true }),
  };
}
