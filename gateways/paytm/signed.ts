/** Words that Paytm signs, in the two ways in which they come: JSON of head and body, and forms. */
import { z } from 'zod';
import { parseJson } from '../../platform/http-call.ts';
import { NotACallbackError } from '../gateway.ts';

export type Fields = Readonly<Record<string, unknown>>;

export interface SignedWords {
  readonly kind: 'json' | 'form';
  /** The text that the checksum covers. */
  readonly covered: string;
  /** Missing where Paytm signs nothing, as in refusals. */
  readonly checksum?: string;
  /** In a form by the names of the form. */
  readonly fields: Fields;
}

const envelopeSchema = z.object({ head: z.object({ signature: z.string().optional().catch(undefined) }) });
const fieldsSchema = z.record(z.string(), z.unknown());

/**
 * `{"head":{"signature":…},"body":{…}}`. The checksum covers the text of the body as it was sent: written anew, it could have
 * other blanks. So the fields are read from that very text.
 * @returns undefined when it is something else
 */
export function signedJson(text: string): SignedWords | undefined {
  const envelope = envelopeSchema.safeParse(parseJson(text)).data;
  const covered = envelope && memberOf(text, 'body');
  const fields = fieldsSchema.safeParse(covered && parseJson(covered)).data;
  if (covered === undefined || fields === undefined) return undefined;
  return { kind: 'json', covered, checksum: envelope?.head.signature, fields };
}

/** Strings, marks and everything else in a JSON text. */
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/**
 * The value of a member of a JSON object, as it stands in the text; the last of several, as `JSON.parse` has it.
 * @param json must be valid
 */
function memberOf(json: string, name: string): string | undefined {
  let found: string | undefined;
  let depth = 0;
  let key: string | undefined;
  let begin = 0;
  for (const { 0: token, index } of json.matchAll(tokens)) {
    if (depth === 1 && (token === ',' || token === '}')) {
      if (key !== undefined && JSON.parse(key) === name) found = json.slice(begin, index).trim();
      key = undefined;
    } else if (depth === 1 && token === ':') begin = index + 1;
    else if (depth === 1 && key === undefined) key = token;
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
  }
  return found;
}

/** The checksum of a form covers the values in the order of their names. The names it does not cover. */
export function signedForm(form: URLSearchParams): SignedWords {
  const { CHECKSUMHASH: checksum, ...fields } = Object.fromEntries(form);
  const covered = Object.keys(fields)
    .sort()
    .map((name) => fields[name])
    .join('|');
  return { kind: 'form', covered, checksum, fields };
}

/**
 * What a webhook carries. Which of the two shapes a merchant gets, Paytm decides for each account.
 * @throws NotACallbackError when it is neither
 */
export function signedCallback(body: Buffer): SignedWords & { readonly checksum: string } {
  const text = body.toString('utf8').trim();
  const words = text.startsWith('{') ? signedJson(text) : signedForm(new URLSearchParams(text));
  if (words?.checksum === undefined) throw new NotACallbackError('neither signed JSON nor a signed form');
  return { ...words, checksum: words.checksum };
}
