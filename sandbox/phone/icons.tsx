/** Small drawings. They say nothing to a screen reader; whatever they stand on has a name of its own. */
import type { VNode } from 'preact';

const shapes = {
  back: 'M15 5l-7 7 7 7',
  menu: 'M12 5.5v.01M12 12v.01M12 18.5v.01',
  gear: 'M4 7h10M18 7h2M4 17h2M10 17h10M16 4.5v5M8 14.5v5',
  plus: 'M12 5v14M5 12h14',
  send: 'M4 12l16-8-5 16-3.5-6.5L4 12z',
  close: 'M6 6l12 12M18 6L6 18',
  list: 'M4 7h.01M4 12h.01M4 17h.01M8 7h12M8 12h12M8 17h12',
  link: 'M14 4h6v6M20 4l-9 9M18 14v5a1 1 0 01-1 1H5a1 1 0 01-1-1V7a1 1 0 011-1h5',
  reply: 'M10 6L4 12l6 6M4 12h9a7 7 0 017 7',
  pin: 'M12 21s7-6.2 7-11a7 7 0 10-14 0c0 4.8 7 11 7 11zM12 12.5a2.5 2.5 0 100-5 2.5 2.5 0 000 5z',
  person: 'M12 12a4 4 0 100-8 4 4 0 000 8zM4 20c1-4 4.5-6 8-6s7 2 8 6',
  play: 'M8 5l11 7-11 7V5z',
  mic: 'M12 15a3 3 0 003-3V6a3 3 0 10-6 0v6a3 3 0 003 3zM6 11.5a6 6 0 0012 0M12 17.5V21',
  camera: 'M4 8h3.5L9 5.5h6L16.5 8H20v11H4V8zM12 16.5a3.2 3.2 0 100-6.4 3.2 3.2 0 000 6.400z',
  document: 'M7 3h7l4 4v14H7V3zM14 3v4h4',
  sticker: 'M5 4h14v9l-6 7H5V4zM19 13h-6v7M9 9v.01M14 9v.01',
  chevron: 'M6 9l6 6 6-6',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
} as const;

export function Icon({ name }: { readonly name: keyof typeof shapes }): VNode {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  );
}

/** A green seal with a tick, as verified businesses have. */
export function Verified(): VNode {
  return (
    <svg class="verified" viewBox="0 0 24 24" role="img" aria-label="Verified business">
      <path
        class="seal"
        d="M12 1.500l2.9 2.3 3.7-.3.9 3.6 3.2 1.9-1.4 3.5 1.4 3.5-3.2 1.9-.9 3.6-3.7-.300L12 23.500l-2.9-2.3-3.7.3-.9-3.6-3.2-1.9 1.4-3.5-1.4-3.5 3.2-1.9.9-3.6 3.7.300z"
      />
      <path class="mark" d="M7.5 12.500l3 3 6-6.5" />
    </svg>
  );
}

/** One tick: taken; two: the corporation has it; blue: it has read it. */
export function Ticks({ state }: { readonly state: string }): VNode {
  const words = state === 'read' ? 'Read' : state === 'delivered' ? 'Delivered' : 'Sent';
  return (
    <svg
      class={`ticks ${state}`}
      viewBox="0 0 18 12"
      role="img"
      aria-label={words}
      data-testid="ticks"
      data-state={state}
    >
      <path d="M1 6.500l3.2 3.300L11 1.8" />
      {state !== 'waiting' && <path d="M8.2 9.400l.6.400L15.6 1.8" />}
    </svg>
  );
}

/** The corporation's picture: the bridge over the river. */
export function Emblem(): VNode {
  return (
    <svg class="emblem" viewBox="0 0 40 40" aria-hidden="true">
      <circle cx="20" cy="20" r="20" />
      <path d="M4 26h32M12 26V12M28 26V12M5 24C9 22 11 18 12 12c1 6 4 9 8 9s7-3 8-9c1 6 3 10 7 12M16 26v-6.500M20 26v-5M24 26v-6.500M8 26v-4M32 26v-4" />
      <path class="water" d="M9 30.500c2 1.5 4 1.5 5.5 0s3.5-1.5 5.5 0 4 1.5 5.5 0 3.5-1.5 5.5 0" />
    </svg>
  );
}
