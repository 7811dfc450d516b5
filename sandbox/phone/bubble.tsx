/** One message of a chat, as the citizen's phone shows it. */
import type { ComponentChildren, VNode } from 'preact';
import { choicesOf } from '../graph/content.ts';
import { filledTemplate } from '../graph/inbound.ts';
import type { ChatMessage, InboundMessage, OutboundMessage } from '../graph/model.ts';
import type { Interactive } from '../graph/payload.ts';
import { mediaOf, textOf } from '../graph/view.ts';
import type { World } from '../graph/world.ts';
import { clock } from './clock.ts';
import { formatted } from './format.tsx';
import { Icon, Ticks } from './icons.tsx';
import { ListSheet } from './list-sheet.tsx';
import { OrderCard, PayButton } from './order-card.tsx';

/** Edits and reactions show on the message they belong to; what never arrived does not show at all. */
export function isVisible(message: ChatMessage): boolean {
  if (['reaction', 'edit', 'revoke'].includes(message.content.type)) return false;
  return message.direction === 'inbound' || message.state === 'delivered' || message.state === 'read';
}

interface Props<Message extends ChatMessage = ChatMessage> {
  readonly world: World;
  readonly message: Message;
}

export function Bubble({ world, message }: Props): VNode {
  if (message.content.type === 'system') {
    return (
      <p class="note" data-seq={message.seq} data-wamid={message.wamid}>
        You changed your phone number
      </p>
    );
  }
  const side = message.direction;
  const bare = message.content.type === 'sticker' ? ' bare' : '';
  const reactions = Object.values(message.reactions ?? {}).filter((emoji) => emoji !== '');
  const who = side === 'inbound' ? 'You' : 'Kolkata Municipal Corporation';
  return (
    <article
      class={`bubble ${side}${bare}`}
      data-testid="bubble"
      data-direction={side}
      data-wamid={message.wamid}
      data-seq={message.seq}
      data-type={message.content.type}
      aria-label={`${who}, ${clock(message.at)}`}
    >
      <div class="box">
        <Quote world={world} message={message} />
        {message.direction === 'inbound' ? (
          <FromCitizen world={world} message={message} />
        ) : (
          <FromCorporation world={world} message={message} />
        )}
        <span class="meta">
          {message.direction === 'inbound' && message.edited && <span>Edited</span>}
          <time dateTime={new Date(message.at).toISOString()}>{clock(message.at)}</time>
          {side === 'inbound' && <Ticks state={message.state} />}
        </span>
        <button
          type="button"
          class="more"
          data-action="more"
          data-text={textOf(world, message)}
          aria-label="React, reply and more"
          aria-haspopup="menu"
        >
          <Icon name="chevron" />
        </button>
      </div>
      {message.direction === 'outbound' && <Buttons world={world} message={message} />}
      {reactions.length > 0 && (
        <span class="reactions" data-testid="reactions">
          {reactions.join(' ')}
        </span>
      )}
    </article>
  );
}

/** What this message answers. */
function Quote({ world, message }: Props): VNode | null {
  const quoted = world.message(message.contextId ?? '');
  if (!quoted) return null;
  return (
    <button type="button" class="quote" data-action="jump" data-target={quoted.wamid}>
      <strong>{quoted.direction === 'inbound' ? 'You' : 'Kolkata Municipal Corporation'}</strong>
      <span>{textOf(world, quoted)}</span>
    </button>
  );
}

function Words({ text }: { readonly text: string | undefined }): VNode | null {
  if (text === undefined || text === '') return null;
  return (
    <p class="words" dir="auto">
      {formatted(text)}
    </p>
  );
}

const address = (id: string): string => `/sandbox/media/${id}`;

function Picture({ id, caption }: { readonly id: string; readonly caption?: string | undefined }): VNode {
  return (
    <a class="picture" href={address(id)} target="_blank" rel="noreferrer" aria-label="Open the photo">
      <img src={address(id)} alt={caption ?? 'Photo'} />
    </a>
  );
}

function FileCard({
  world,
  id,
  name,
}: {
  readonly world: World;
  readonly id: string;
  readonly name: string;
}): VNode {
  const media = world.media.get(id);
  const kind = (/\.(\w{1,5})$/.exec(name)?.[1] ?? media?.mimeType.split('/')[1] ?? 'file').toUpperCase();
  return (
    <a
      class="file"
      data-testid="document"
      href={address(id)}
      target="_blank"
      rel="noreferrer"
      download={name}
    >
      <span class="page" aria-hidden="true">
        {kind}
      </span>
      <span class="name">
        <strong>{name}</strong>
        <small>
          {sizeOf(media?.size ?? 0)} · {kind}
        </small>
      </span>
      <Icon name="download" />
    </a>
  );
}

const sizeOf = (bytes: number): string =>
  bytes < 1024
    ? `${bytes} B`
    : bytes < 1024 * 1024
      ? `${Math.round(bytes / 1024)} KB`
      : `${(bytes / 1024 / 1024).toFixed(1)} MB`;

const waveHeights = [
  3, 6, 9, 5, 11, 14, 8, 5, 9, 13, 16, 10, 6, 8, 12, 7, 4, 9, 14, 10, 6, 11, 8, 5, 3, 6, 4,
];

/** A voice note: play button, waves, length. */
function Voice({ id }: { readonly id: string }): VNode {
  return (
    <div class="voice">
      <button type="button" data-action="play" aria-label="Play the voice message">
        <Icon name="play" />
      </button>
      <svg viewBox={`0 0 ${waveHeights.length * 5} 18`} aria-hidden="true">
        {waveHeights.map((high, index) => (
          <rect x={index * 5} y={9 - high / 2} width="2.6" height={high} rx="1.3" />
        ))}
      </svg>
      <Icon name="mic" />
      <audio src={address(id)} preload="none" />
    </div>
  );
}

function FromCitizen({ world, message }: Props<InboundMessage>): ComponentChildren {
  const { content } = message;
  if (message.revoked === true) return <p class="words gone">You deleted this message</p>;
  switch (content.type) {
    case 'image':
      return (
        <>
          <Picture id={content.image.id} caption={content.image.caption} />
          <Words text={content.image.caption} />
        </>
      );
    case 'sticker':
      return <img class="sticker" src={address(content.sticker.id)} alt="Sticker" />;
    case 'audio':
      return <Voice id={content.audio.id} />;
    case 'video':
      return <FileCard world={world} id={content.video.id} name="video.mp4" />;
    case 'document':
      return (
        <>
          <FileCard world={world} id={content.document.id} name={content.document.filename ?? 'document'} />
          <Words text={content.document.caption} />
        </>
      );
    case 'location':
      return (
        <>
          <img class="map" src="/phone/assets/map.svg" alt="Map" />
          <Words
            text={[content.location.name, content.location.address].filter(Boolean).join('\n') || 'Location'}
          />
        </>
      );
    case 'contacts': {
      const [card] = content.contacts;
      return (
        <div class="card">
          <Icon name="person" />
          <span>
            <strong>{card?.name?.formatted_name ?? 'My contact'}</strong>
            <small>{card?.phones[0]?.phone}</small>
          </span>
        </div>
      );
    }
    case 'unsupported':
      return <p class="words gone">A {content.unsupported.type}, which the corporation cannot see</p>;
    default:
      return <Words text={textOf(world, message)} />;
  }
}

function FromCorporation({ world, message }: Props<OutboundMessage>): ComponentChildren {
  const { content } = message;
  const media = mediaOf(world, message);
  switch (content.type) {
    case 'image':
      return (
        <>
          {media && <Picture id={media.id} caption={content.image.caption} />}
          <Words text={content.image.caption} />
        </>
      );
    case 'document':
      return (
        <>
          {media && <FileCard world={world} id={media.id} name={content.document.filename ?? 'document'} />}
          <Words text={content.document.caption} />
        </>
      );
    case 'audio':
      return media && <Voice id={media.id} />;
    case 'video':
      return media && <FileCard world={world} id={media.id} name="video.mp4" />;
    case 'interactive':
      return (
        <>
          <InteractiveWords interactive={content.interactive} />
          <OrderCard message={message} />
        </>
      );
    case 'template': {
      const filled = filledTemplate(world, message);
      return (
        <>
          {filled?.headerText !== undefined && <p class="heading">{filled.headerText}</p>}
          {media && filled?.header?.kind === 'image' && <Picture id={media.id} />}
          {media && filled?.header?.kind === 'document' && (
            <FileCard world={world} id={media.id} name={filled.header.filename ?? 'document'} />
          )}
          <Words text={filled?.body ?? textOf(world, message)} />
          {filled?.footer !== undefined && <p class="footer">{filled.footer}</p>}
        </>
      );
    }
    default:
      return <Words text={textOf(world, message)} />;
  }
}

function InteractiveWords({ interactive }: { readonly interactive: Interactive }): VNode {
  const header = 'header' in interactive ? interactive.header : undefined;
  const footer = 'footer' in interactive ? interactive.footer : undefined;
  return (
    <>
      {header?.type === 'text' && <p class="heading">{header.text}</p>}
      {header?.type === 'image' && header.image.id !== undefined && <Picture id={header.image.id} />}
      <Words text={interactive.body.text} />
      {footer && <p class="footer">{footer.text}</p>}
    </>
  );
}

/** What can be tapped below the words. */
function Buttons({ world, message }: Props<OutboundMessage>): VNode | null {
  const { content } = message;
  if (content.type === 'template') {
    const buttons = filledTemplate(world, message)?.buttons ?? [];
    if (buttons.length === 0) return null;
    return (
      <div class="buttons">
        {buttons.map((button) =>
          button.type === 'url' ? (
            <LinkButton label={button.text} url={button.url} />
          ) : (
            <ReplyButton id={button.payload} title={button.text} />
          ),
        )}
      </div>
    );
  }
  if (content.type !== 'interactive') return null;
  const { interactive } = content;
  switch (interactive.type) {
    case 'button':
      return (
        <div class="buttons">
          {choicesOf(content).map(({ id, title }) => (
            <ReplyButton id={id} title={title} />
          ))}
        </div>
      );
    case 'list':
      return (
        <div class="buttons">
          <button type="button" data-testid="list-button" data-action="open-list" aria-haspopup="dialog">
            <Icon name="list" />
            {interactive.action.button}
          </button>
          <ListSheet action={interactive.action} />
        </div>
      );
    case 'cta_url':
      return (
        <div class="buttons">
          <LinkButton
            label={interactive.action.parameters.display_text}
            url={interactive.action.parameters.url}
          />
        </div>
      );
    case 'order_details':
      return <PayButton message={message} />;
    case 'order_status':
      return <OfOrder world={world} reference={interactive.action.parameters.reference_id} />;
    case 'request_contact_info':
      return (
        <div class="buttons">
          <button
            type="button"
            data-testid="share-contact"
            data-action="say"
            data-say='{"shareContact":true}'
          >
            <Icon name="person" />
            Share contact info
          </button>
        </div>
      );
    case 'location_request_message':
      return (
        <div class="buttons">
          <button type="button" data-testid="share-location" data-action="say" data-say='{"location":true}'>
            <Icon name="pin" />
            Send location
          </button>
        </div>
      );
  }
}

/** Leads to the order that a status is about. */
function OfOrder({ world, reference }: { readonly world: World; readonly reference: string }): VNode {
  return (
    <div class="buttons">
      <button type="button" data-action="jump" data-target={world.order(reference)?.wamid}>
        <Icon name="list" />
        View order
      </button>
    </div>
  );
}

function ReplyButton({ id, title }: { readonly id: string; readonly title: string }): VNode {
  return (
    <button type="button" data-testid="reply-button" data-action="tap" data-choice={id}>
      <Icon name="reply" />
      {title}
    </button>
  );
}

function LinkButton({ label, url }: { readonly label: string; readonly url: string }): VNode {
  return (
    <a data-testid="link-button" href={url} target="_blank" rel="noreferrer">
      <Icon name="link" />
      {label}
    </a>
  );
}
