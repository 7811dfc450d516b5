/** A citizen says something: it stands in the chat, and a webhook tells the corporation. */
import { randomInt } from 'node:crypto';
import { NoSuchThing } from '../kit/no-such-thing.ts';
import type { Action, GivenFile } from './actions.ts';
import { choicesOf } from './content.ts';
import { contactOf, visiblePhone } from './delivery.ts';
import { bsuidFor, newWamid } from './ids.ts';
import type { MediaStore } from './media.ts';
import type { Citizen, InboundContent, InboundMessage, Media, OutboundMessage } from './model.ts';
import { internationalDigits, type SandboxOptions } from './options.ts';
import { samplePdf, samplePictures, sampleSticker, sampleVoice } from './samples.ts';
import { fillTemplate, templateKey, type FilledTemplate } from './templates.ts';
import type { Webhooks } from './webhooks.ts';
import type { World } from './world.ts';

const windowMs = 24 * 60 * 60 * 1000;

/** How a template reads in the chat, with its parameters. */
export function filledTemplate(world: World, message: OutboundMessage): FilledTemplate | undefined {
  if (message.content.type !== 'template') return undefined;
  const { template: call } = message.content;
  const template = world.templates.get(templateKey(call.name, call.language.code));
  return template && fillTemplate(template, call);
}

export class Citizens {
  readonly #now;
  /** Where this sandbox is reached: media addresses in webhooks begin with it. Known once it listens. */
  base = '';

  constructor(
    private readonly options: SandboxOptions,
    private readonly world: World,
    private readonly webhooks: Webhooks,
    private readonly media: MediaStore,
  ) {
    this.#now = options.now ?? Date.now;
  }

  /** @returns the new message's wamid. @throws NoSuchThing */
  act(citizen: Citizen, action: Action): string {
    if ('text' in action) {
      return this.#say(citizen, { type: 'text', text: { body: action.text } }, action.replyTo);
    }
    if ('tap' in action) return this.#tap(citizen, action.tap.choiceId, action.tap.messageId);
    if ('image' in action) {
      const picture = samplePictures[action.image.sample ?? 'bill'] ?? samplePictures['bill'];
      const media = this.#keep(action.image, picture?.bytes() ?? Buffer.alloc(0), 'image/png');
      return this.#say(citizen, {
        type: 'image',
        image: { ...captionOf(action.image), ...reference(media) },
      });
    }
    if ('video' in action) {
      const media = this.#keep(action.video, Buffer.alloc(0), 'video/mp4');
      return this.#say(citizen, {
        type: 'video',
        video: { ...captionOf(action.video), ...reference(media) },
      });
    }
    if ('voice' in action) {
      const media = this.#keep(action.voice, sampleVoice(), 'audio/ogg; codecs=opus');
      return this.#say(citizen, { type: 'audio', audio: { ...reference(media), voice: true } });
    }
    if ('sticker' in action) {
      const media = this.#keep(action.sticker, sampleSticker(), 'image/webp');
      return this.#say(citizen, { type: 'sticker', sticker: { ...reference(media), animated: false } });
    }
    if ('document' in action) {
      const filename = action.document.filename ?? 'old-receipt.pdf';
      const media = this.#keep({ ...action.document, filename }, samplePdf(), 'application/pdf');
      const document = { ...captionOf(action.document), filename, ...reference(media) };
      return this.#say(citizen, { type: 'document', document });
    }
    if ('location' in action) {
      const { latitude, longitude, name, address } = action.location;
      const named = { ...(name !== undefined && { name }), ...(address !== undefined && { address }) };
      return this.#say(citizen, { type: 'location', location: { latitude, longitude, ...named } });
    }
    if ('contacts' in action) {
      const { name, phone } = action.contacts;
      const card = {
        origin: 'other' as const,
        name: { formatted_name: name },
        phones: [{ phone, type: 'CELL' }],
      };
      return this.#say(citizen, { type: 'contacts', contacts: [card] });
    }
    if ('shareContact' in action) {
      const own = { phone: `+${citizen.phone}`, wa_id: citizen.phone, type: 'CELL' };
      const card = { origin: 'contact_request' as const, phones: [own] };
      return this.#say(citizen, { type: 'contacts', contacts: [card] });
    }
    if ('reaction' in action) {
      const { messageId, emoji } = action.reaction;
      this.#mustExist(messageId);
      this.world.record({ kind: 'reaction', wamid: messageId, by: 'citizen', emoji });
      const reaction = { message_id: messageId, ...(emoji !== '' && { emoji }) };
      return this.#say(citizen, { type: 'reaction', reaction });
    }
    if ('edit' in action) {
      const { messageId, text } = action.edit;
      this.#mustExist(messageId);
      const content = { type: 'text', text: { body: text } } as const;
      this.world.record({ kind: 'edit', wamid: messageId, content });
      return this.#say(citizen, {
        type: 'edit',
        edit: { original_message_id: messageId, message: content },
      });
    }
    if ('revoke' in action) {
      const { messageId } = action.revoke;
      this.#mustExist(messageId);
      this.world.record({ kind: 'revoke', wamid: messageId });
      return this.#say(citizen, { type: 'revoke', revoke: { original_message_id: messageId } });
    }
    if ('changeNumber' in action) return this.#changeNumber(citizen);
    return this.#say(citizen, { type: 'unsupported', unsupported: { type: action.unsupported } });
  }

  #tap(citizen: Citizen, choiceId: string, messageId: string | undefined): string {
    const asked = this.world
      .chat(citizen.id)
      .filter((message): message is OutboundMessage => message.direction === 'outbound')
      .reverse();
    for (const message of messageId === undefined
      ? asked
      : asked.filter(({ wamid }) => wamid === messageId)) {
      const choice = choicesOf(message.content).find(({ id }) => id === choiceId);
      if (choice) {
        const { id, title, description } = choice;
        const interactive =
          choice.kind === 'button'
            ? ({ type: 'button_reply', button_reply: { id, title } } as const)
            : ({
                type: 'list_reply',
                list_reply: { id, title, ...(description !== undefined && { description }) },
              } as const);
        return this.#say(citizen, { type: 'interactive', interactive }, message.wamid);
      }
      const quick = filledTemplate(this.world, message)?.buttons.find(
        (button) => button.type === 'quick_reply' && button.payload === choiceId,
      );
      if (quick) {
        const button = { payload: choiceId, text: quick.text };
        return this.#say(citizen, { type: 'button', button }, message.wamid);
      }
    }
    throw new NoSuchThing('no message of this chat offers that choice');
  }

  /** The number and the BSUID change together; WhatsApp tells it, not the citizen. */
  #changeNumber(citizen: Citizen): string {
    const prefix = citizen.phone.slice(0, -6);
    const phone = `${prefix}${String(randomInt(1_000_000)).padStart(6, '0')}`;
    const bsuid = bsuidFor(citizen.bsuid.slice(0, 2), phone);
    this.world.record({ kind: 'citizen', citizen: { ...citizen, phone, bsuid } });
    const shown = visiblePhone(citizen) !== undefined;
    const system = {
      body: shown
        ? `User ${citizen.name} changed from ${citizen.phone} to ${phone}`
        : `User ${citizen.name} changed their number`,
      ...(shown && { wa_id: phone }),
      user_id: bsuid,
      previous_user_id: citizen.bsuid,
      type: 'user_changed_number' as const,
    };
    return this.#say(citizen, { type: 'system', system });
  }

  #say(citizen: Citizen, content: InboundContent, contextId?: string): string {
    const now = this.#now();
    const message: InboundMessage = {
      direction: 'inbound',
      wamid: newWamid(visiblePhone(citizen) ?? citizen.bsuid, 'inbound'),
      seq: this.world.nextSeq(),
      at: now,
      citizenId: citizen.id,
      content,
      state: 'waiting',
      history: [{ state: 'waiting', at: now }],
      ...(contextId !== undefined && { contextId }),
    };
    // Only what a person writes or taps opens the window.
    if (!['system', 'edit', 'revoke'].includes(content.type)) {
      this.world.record({ kind: 'citizen', citizen: { ...citizen, windowEndsAt: now + windowMs } });
    }
    this.world.record({ kind: 'message', message });
    this.webhooks.enqueue({
      wamid: message.wamid,
      kind: 'messages',
      // The reference: `system` messages have no contacts.
      ...(content.type !== 'system' && { contact: contactOf(citizen) }),
      item: this.#wire(citizen, message),
    });
    return message.wamid;
  }

  #wire(citizen: Citizen, message: InboundMessage): Readonly<Record<string, unknown>> {
    const { wamid, at, content, contextId } = message;
    const phone = visiblePhone(citizen);
    return {
      ...(contextId !== undefined && {
        context: { from: internationalDigits(this.options.corporationNumber), id: contextId },
      }),
      ...(phone !== undefined && { from: phone }),
      ...(content.type !== 'system' && { from_user_id: citizen.bsuid }),
      id: wamid,
      timestamp: String(Math.floor(at / 1000)),
      ...(content.type === 'unsupported' && {
        errors: [
          {
            code: 131051,
            title: 'Message type unknown',
            message: 'Message type unknown',
            error_data: { details: 'Message type is currently not supported.' },
          },
        ],
      }),
      ...this.#withAddress(content),
    };
  }

  /** Media carry an address of the bytes beside the id. */
  #withAddress(content: InboundContent): Readonly<Record<string, unknown>> {
    const media = fileOf(content);
    if (!media) return content;
    return {
      ...content,
      [content.type]: { ...media, url: this.media.address(media.id, this.base, 'webhook') },
    };
  }

  #keep(given: GivenFile, sample: Buffer, mimeType: string): Media {
    const bytes = given.base64 === undefined ? sample : Buffer.from(given.base64, 'base64');
    return this.world.keepMedia(bytes, given.mimeType ?? mimeType, this.#now(), given.filename);
  }

  #mustExist(wamid: string): void {
    if (!this.world.message(wamid)) throw new NoSuchThing('no such message');
  }
}

/** The file of a citizen's message. */
export function fileOf(content: InboundContent): { readonly id: string } | undefined {
  switch (content.type) {
    case 'image':
      return content.image;
    case 'video':
      return content.video;
    case 'audio':
      return content.audio;
    case 'document':
      return content.document;
    case 'sticker':
      return content.sticker;
    default:
      return undefined;
  }
}

const captionOf = ({ caption }: GivenFile): { readonly caption?: string } =>
  caption === undefined ? {} : { caption };

/** Webhooks give the hash in Base64, the look-up by id in hexadecimal. */
const reference = (
  media: Media,
): { readonly id: string; readonly mime_type: string; readonly sha256: string } => ({
  mime_type: media.mimeType,
  sha256: Buffer.from(media.sha256, 'hex').toString('base64'),
  id: media.id,
});
