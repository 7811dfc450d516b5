/** The whole page: citizens, the phone, the panel. */
import type { VNode } from 'preact';
import type { Faults } from '../graph/faults.ts';
import type { Citizen } from '../graph/model.ts';
import { samplePictures } from '../graph/samples.ts';
import { textOf } from '../graph/view.ts';
import type { World } from '../graph/world.ts';
import type { Sample } from '../city/samples.ts';
import { Bubble, isVisible } from './bubble.tsx';
import { clock, dayOf } from './clock.ts';
import { Emblem, Icon, Verified } from './icons.tsx';
import type { GatewayStandIn } from '../kit/gateway.ts';
import { Panel, type BackOfficeView } from './panel.tsx';

interface Props {
  readonly world: World;
  readonly citizen: Citizen;
  readonly people: readonly Citizen[];
  readonly faults: Faults;
  readonly backOffice: BackOfficeView | undefined;
  readonly gateways: readonly GatewayStandIn[];
  /** Of the register, to try. */
  readonly numbers: readonly Sample[];
  readonly now: number;
}

export function PhonePage(props: Props): VNode {
  const { world, citizen, people, faults, backOffice, gateways, numbers, now } = props;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="theme-color" content="#008069" />
        <title>{`${citizen.name} · WhatsApp sandbox`}</title>
        <link rel="icon" href="/phone/assets/icon.svg" />
        <link rel="stylesheet" href="/phone/assets/phone.css" />
        <link rel="stylesheet" href="/phone/assets/panel.css" />
        <script type="module" src="/phone/assets/phone.js" />
      </head>
      <body data-citizen={citizen.id}>
        <a class="skip" href="#text">
          Skip to the message field
        </a>
        <button type="button" class="backdrop" data-action="close-drawers" aria-label="Close" tabIndex={-1} />
        <aside class="people drawer" id="people" aria-label="Citizens">
          <h1>
            <Emblem />
            <span>
              WhatsApp sandbox <small>Everybody here is invented</small>
            </span>
          </h1>
          <nav aria-label="Whose phone">
            <ul>
              {people.map((person) => (
                <li data-person={person.id}>
                  <Person world={world} person={person} current={person.id === citizen.id} />
                </li>
              ))}
            </ul>
          </nav>
          <p class="hint">
            <a href="/sandbox">HTTP API</a>
          </p>
        </aside>
        <main class="phone" aria-label={`The phone of ${citizen.name}`}>
          <div class="status-bar" aria-hidden="true">
            <time>{clock(now)}</time>
            <span class="signal" />
          </div>
          <header class="chat-header">
            <button
              type="button"
              class="plain only-small"
              data-action="open-people"
              data-testid="open-people"
              aria-label="Other citizens"
              aria-controls="people"
            >
              <Icon name="back" />
            </button>
            <Emblem />
            <div class="title">
              <strong>
                <span lang="bn">কলকাতা পুরসভা</span> <Verified />
                <span class="latin">Kolkata Municipal Corporation</span>
              </strong>
              <small id="presence" data-testid="presence">
                Business account
              </small>
            </div>
            <button
              type="button"
              class="plain only-small"
              data-action="open-panel"
              aria-label="What to try"
              aria-controls="panel"
            >
              <Icon name="gear" />
            </button>
          </header>
          <div class="scroller" id="scroller">
            <div
              class="chat"
              id="chat"
              role="log"
              aria-live="polite"
              aria-label="Messages"
              data-testid="chat"
            >
              <ChatLog world={world} citizen={citizen} now={now} />
            </div>
            <p class="typing" id="typing" data-testid="typing" hidden>
              <span class="dots" aria-hidden="true">
                <i />
                <i />
                <i />
              </span>
              <span class="unseen">Kolkata Municipal Corporation is typing</span>
            </p>
          </div>
          <Composer citizen={citizen} />
        </main>
        <aside class="panel drawer" id="panel" aria-label="What to try">
          <Panel
            citizen={citizen}
            numbers={numbers}
            faults={faults}
            backOffice={backOffice}
            gateways={gateways}
            windowOpen={citizen.windowEndsAt > now}
          />
        </aside>
        <dialog id="sheet" aria-label="List" />
        <p id="toast" role="alert" />
      </body>
    </html>
  );
}

/** Everything in the chat, also asked for by the page itself after it lost its stream. */
export function ChatLog({ world, citizen, now }: Pick<Props, 'world' | 'citizen' | 'now'>): VNode {
  let day = '';
  return (
    <>
      <p class="note lock">Messages go to a stand-in for WhatsApp. {citizen.name} is invented.</p>
      {world
        .chat(citizen.id)
        .filter(isVisible)
        .map((message) => {
          const own = dayOf(message.at, now);
          const first = own !== day;
          day = own;
          return (
            <>
              {first && <p class="note day">{own}</p>}
              <Bubble world={world} message={message} />
            </>
          );
        })}
    </>
  );
}

export function Person(props: {
  readonly world: World;
  readonly person: Citizen;
  readonly current: boolean;
}): VNode {
  const { world, person, current } = props;
  const visible = world.chat(person.id).filter(isVisible);
  const last = visible.at(-1);
  const unread = visible.filter(
    ({ direction, state }) => direction === 'outbound' && state === 'delivered',
  ).length;
  return (
    <a
      href={`/phone/${person.id}`}
      aria-current={current ? 'page' : undefined}
      data-testid="citizen"
      data-citizen={person.id}
    >
      <span class={`avatar hue-${hueOf(person.id)}`} aria-hidden="true">
        {[...new Intl.Segmenter().segment(person.name)][0]?.segment}
      </span>
      <span class="who">
        <strong>{person.name}</strong>
        <small>
          {person.username === undefined ? numberOf(person.phone) : `@${person.username} · number hidden`}
        </small>
        <small class="snippet">{last ? textOf(world, last) : ' '}</small>
      </span>
      <span class="when">
        {last && <time>{clock(last.at)}</time>}
        {unread > 0 && !current && (
          <b aria-label={`${unread} unread`} class="unread">
            {unread}
          </b>
        )}
      </span>
    </a>
  );
}

const hueOf = (id: string): number =>
  Array.from(id).reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 7;

const numberOf = (phone: string): string =>
  phone.startsWith('91')
    ? `+91 ${phone.slice(2, 7)} ${phone.slice(7)}`
    : `+${phone.slice(0, 2)} ${phone.slice(2, 6)} ${phone.slice(6)}`;

function Composer({ citizen }: { readonly citizen: Citizen }): VNode {
  return (
    <div class="composer-area">
      <p class="chips">
        <button type="button" data-action="say" data-say='{"text":"hi"}' data-testid="write-hi">
          Write “hi”
        </button>
      </p>
      <div class="menu" id="message-menu" role="menu" aria-label="Message" hidden>
        <div class="emojis" role="group" aria-label="React">
          {['👍', '❤️', '😂', '😮', '🙏'].map((emoji) => (
            <button type="button" role="menuitem" data-action="react" data-emoji={emoji}>
              {emoji}
            </button>
          ))}
        </div>
        <button type="button" role="menuitem" data-action="reply">
          Reply
        </button>
        <button type="button" role="menuitem" data-action="edit" data-own>
          Edit
        </button>
        <button type="button" role="menuitem" data-action="delete" data-own>
          Delete for everyone
        </button>
      </div>
      <div
        class="menu attach"
        id="attach-menu"
        role="menu"
        aria-label="Attach"
        data-testid="attach-menu"
        hidden
      >
        {Object.entries(samplePictures).map(([name, { label }]) => (
          <button
            type="button"
            role="menuitem"
            class="sample"
            data-action="say"
            data-say={JSON.stringify({ image: { sample: name } })}
            data-testid={`sample-${name}`}
          >
            <img src={`/phone/samples/${name}.png`} alt="" />
            {label}
          </button>
        ))}
        <button type="button" role="menuitem" class="tile" data-action="pick-picture">
          <span class="round photo">
            <Icon name="camera" />
          </span>
          Your picture
        </button>
        <Tile icon="document" label="Document" tint="paper" say='{"document":true}' />
        <Tile icon="pin" label="Location" tint="place" say='{"location":true}' />
        <Tile icon="mic" label="Voice note" tint="sound" say='{"voice":true}' />
        <Tile icon="sticker" label="Sticker" tint="fun" say='{"sticker":true}' />
        <Tile
          icon="person"
          label="Contact"
          tint="human"
          say={JSON.stringify({ contacts: { name: 'Ratan Pal', phone: '+91 90000 00999' } })}
        />
      </div>
      <div class="answering" id="answering" hidden>
        <span>
          <strong id="answering-what">Reply</strong>
          <span id="answering-text" />
        </span>
        <button type="button" class="plain" data-action="stop-answering" aria-label="Cancel">
          <Icon name="close" />
        </button>
      </div>
      <input type="file" id="picture" accept="image/jpeg,image/png" hidden />
      <form class="composer" id="composer" data-testid="composer">
        <div class="field-box">
          <button
            type="button"
            class="plain"
            data-action="attach"
            data-testid="attach"
            aria-label="Attach"
            aria-haspopup="menu"
            aria-expanded="false"
            aria-controls="attach-menu"
          >
            <Icon name="plus" />
          </button>
          <textarea
            id="text"
            name="text"
            rows={1}
            placeholder="Message"
            aria-label={`Message from ${citizen.name}`}
            data-testid="composer-text"
            dir="auto"
          />
        </div>
        <button type="submit" class="send" data-testid="send" aria-label="Send">
          <Icon name="send" />
        </button>
      </form>
    </div>
  );
}

function Tile(props: {
  readonly icon: 'document' | 'pin' | 'mic' | 'sticker' | 'person';
  readonly label: string;
  readonly tint: string;
  readonly say: string;
}): VNode {
  return (
    <button type="button" role="menuitem" class="tile" data-action="say" data-say={props.say}>
      <span class={`round ${props.tint}`}>
        <Icon name={props.icon} />
      </span>
      {props.label}
    </button>
  );
}
