/** WhatsApp's own formatting: *bold*, _italic_, ~strike~, ```mono``` and addresses that can be opened. */
import type { ComponentChildren, VNode } from 'preact';

// A mark counts at the edge of a word only, so that snake_case and 2*3*4 stay as they are.
const before = '(?<![\\p{L}\\p{M}\\p{N}])';
const after = '(?![\\p{L}\\p{M}\\p{N}])';
const between = (mark: string): string => `${before}[${mark}](?=\\S)([^\\n]*?\\S)[${mark}]${after}`;

const token = new RegExp(
  [
    '```([\\s\\S]+?)```',
    '`([^`\\n]+)`',
    '(https?:\\/\\/[^\\s<>"]*[^\\s<>".,;:!?)\\]])',
    between('*'),
    between('_'),
    between('~'),
  ].join('|'),
  'u',
);

/** @returns nodes that escape everything themselves */
export function formatted(text: string): ComponentChildren[] {
  const match = token.exec(text);
  if (!match) return text === '' ? [] : [text];
  const [whole, block, inline, address, bold, italic, strike] = match;
  return [
    ...formatted(text.slice(0, match.index)),
    styled({ block, inline, address, bold, italic, strike }),
    ...formatted(text.slice(match.index + whole.length)),
  ];
}

type Parts = Readonly<
  Record<'block' | 'inline' | 'address' | 'bold' | 'italic' | 'strike', string | undefined>
>;

function styled({ block, inline, address, bold, italic, strike }: Parts): VNode {
  const code = block ?? inline;
  if (code !== undefined) return <code>{code}</code>;
  if (address !== undefined) {
    return (
      <a href={address} target="_blank" rel="noreferrer">
        {address}
      </a>
    );
  }
  if (bold !== undefined) return <strong>{formatted(bold)}</strong>;
  if (italic !== undefined) return <em>{formatted(italic)}</em>;
  return <s>{formatted(strike ?? '')}</s>;
}
