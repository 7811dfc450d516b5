/** Small pictures that stand beside words and never alone. */
import type { VNode } from 'preact';

export function Bubble(): VNode {
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <path d="M4 4h16a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H10l-5 4v-4H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2Z" />
      <path d="M7 9h10M7 12.5h6" />
    </svg>
  );
}

export function Shield(): VNode {
  return (
    <svg viewBox="0 0 24 24" width="28" height="28" aria-hidden="true">
      <path d="M12 2.5 20 6v6c0 4.6-3.3 8-8 9.5C7.3 20 4 16.6 4 12V6Z" />
      <path d="M12 7.5V13M12 16v.2" />
    </svg>
  );
}

/** How things stand, for whoever does not read: good, waiting, something to heed, bad. */
export type Mood = 'good' | 'wait' | 'heed' | 'bad';

const marks: Readonly<Record<Mood, string>> = {
  good: 'm7.5 12.5 3.2 3.2 6-7',
  wait: 'M12 7v5.3l3.4 2.2',
  heed: 'M12 7v6M12 16.5v.2',
  bad: 'm8.5 8.5 7 7m0-7-7 7',
};

export function MoodMark({ mood }: { readonly mood: Mood }): VNode {
  return (
    <svg class="mark" viewBox="0 0 24 24" width="48" height="48" aria-hidden="true">
      <circle cx="12" cy="12" r="10" />
      <path d={marks[mood]} />
    </svg>
  );
}
