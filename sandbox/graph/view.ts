/** A message as the HTTP API shows it: flat, with what a test wants to look at or tap. */
import { choicesOf } from './content.ts';
import { fileOf, filledTemplate } from './inbound.ts';
import type { ChatMessage, InboundContent } from './model.ts';
import type { OutboundContent } from './payload.ts';
import type { World } from './world.ts';

export interface MessageView {
  readonly wamid: string;
  readonly seq: number;
  readonly at: string;
  /** `inbound`: from the citizen; `outbound`: from the corporation. */
  readonly direction: 'inbound' | 'outbound';
  readonly citizenId?: string;
  readonly type: string;
  readonly text: string;
  readonly state: string;
  readonly history: readonly { readonly state: string; readonly at: string }[];
  readonly opaque?: string;
  readonly contextId?: string;
  readonly choices?: readonly {
    readonly id: string;
    readonly title: string;
    readonly description?: string | undefined;
  }[];
  readonly link?: { readonly label: string; readonly url: string };
  readonly media?: { readonly id: string; readonly filename?: string | undefined };
  readonly reactions?: ChatMessage['reactions'];
  readonly error?: { readonly code: number; readonly title: string; readonly details: string };
  readonly content: InboundContent | OutboundContent;
}

/** The words of a message, as a notification would show them. */
export function textOf(world: World, message: ChatMessage): string {
  if (message.direction === 'inbound') return inboundText(message.content);
  const { content } = message;
  switch (content.type) {
    case 'text':
      return content.text.body;
    case 'interactive':
      return content.interactive.body.text;
    case 'template':
      return filledTemplate(world, message)?.body ?? content.template.name;
    case 'image':
      return content.image.caption ?? 'Photo';
    case 'video':
      return content.video.caption ?? 'Video';
    case 'audio':
      return 'Audio';
    case 'document':
      return content.document.caption ?? content.document.filename ?? 'Document';
    case 'reaction':
      return content.reaction.emoji;
  }
}

function inboundText(content: InboundContent): string {
  switch (content.type) {
    case 'text':
      return content.text.body;
    case 'interactive':
      return content.interactive.type === 'button_reply'
        ? content.interactive.button_reply.title
        : content.interactive.list_reply.title;
    case 'button':
      return content.button.text;
    case 'image':
      return content.image.caption ?? 'Photo';
    case 'video':
      return content.video.caption ?? 'Video';
    case 'audio':
      return 'Voice message';
    case 'document':
      return content.document.caption ?? content.document.filename ?? 'Document';
    case 'sticker':
      return 'Sticker';
    case 'location':
      return content.location.name ?? 'Location';
    case 'contacts':
      return content.contacts[0]?.name?.formatted_name ?? content.contacts[0]?.phones[0]?.phone ?? 'Contact';
    case 'reaction':
      return content.reaction.emoji ?? '';
    case 'edit':
      return content.edit.message.text.body;
    case 'revoke':
      return '';
    case 'system':
      return content.system.body;
    case 'unsupported':
      return content.unsupported.type;
  }
}

function linkOfMessage(world: World, message: ChatMessage): MessageView['link'] {
  if (message.direction === 'inbound') return undefined;
  const { content } = message;
  if (content.type === 'interactive' && content.interactive.type === 'cta_url') {
    const { display_text: label, url } = content.interactive.action.parameters;
    return { label, url };
  }
  const button = filledTemplate(world, message)?.buttons.find(({ type }) => type === 'url');
  return button?.type === 'url' ? { label: button.text, url: button.url } : undefined;
}

/** Id and name of the file that a message carries, once WhatsApp has it. */
export function mediaOf(world: World, message: ChatMessage): MessageView['media'] {
  if (message.direction === 'inbound') return fileOf(message.content);
  const { content, linkedMediaId } = message;
  const source =
    content.type === 'image'
      ? content.image
      : content.type === 'video'
        ? content.video
        : content.type === 'audio'
          ? content.audio
          : content.type === 'document'
            ? content.document
            : filledTemplate(world, message)?.header?.source;
  const id = source?.id ?? linkedMediaId;
  if (id === undefined) return undefined;
  const filename = source && 'filename' in source ? source.filename : undefined;
  return { id, ...(typeof filename === 'string' && { filename }) };
}

function choicesOfMessage(world: World, message: ChatMessage): MessageView['choices'] {
  if (message.direction === 'inbound') return [];
  const quickReplies = filledTemplate(world, message)?.buttons.flatMap((button) =>
    button.type === 'quick_reply' ? [{ id: button.payload, title: button.text }] : [],
  );
  return quickReplies ?? choicesOf(message.content);
}

export function viewOf(world: World, message: ChatMessage): MessageView {
  const choices = choicesOfMessage(world, message) ?? [];
  const link = linkOfMessage(world, message);
  const media = mediaOf(world, message);
  return {
    wamid: message.wamid,
    seq: message.seq,
    at: new Date(message.at).toISOString(),
    direction: message.direction,
    ...(message.citizenId !== undefined && { citizenId: message.citizenId }),
    type: message.content.type,
    text: textOf(world, message),
    state: message.state,
    history: message.history.map(({ state, at }) => ({ state, at: new Date(at).toISOString() })),
    ...(message.direction === 'outbound' && message.opaque !== undefined && { opaque: message.opaque }),
    ...(message.contextId !== undefined && { contextId: message.contextId }),
    ...(choices.length > 0 && { choices }),
    ...(link && { link }),
    ...(media && { media }),
    ...(message.reactions && { reactions: message.reactions }),
    ...(message.direction === 'outbound' && message.error && { error: message.error }),
    content: message.content,
  };
}
