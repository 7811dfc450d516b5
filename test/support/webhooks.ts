/** Meta's side of the webhook: the bodies it posts, its signature, its patience. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { escapedJson, sign } from '../../sandbox/graph/signature.ts';

/** Whom WhatsApp shows; a citizen may lack the number or the id. */
export interface Person {
  readonly phone?: string;
  readonly bsuid?: string;
  readonly name?: string;
}

export interface Text {
  readonly by: Person;
  readonly text: string;
  readonly wamid?: string;
}

export interface Answered {
  readonly status: number;
  readonly ms: number;
}

export const ourNumberId = '106540352242922';

export const newWamid = (): string => `wamid.${randomUUID()}`;

/** One post with these texts, each with its sender. */
export function textWebhook(texts: readonly Text[], phoneNumberId = ourNumberId): unknown {
  const people = new Map(texts.map(({ by }) => [by.bsuid ?? by.phone, by]));
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '918335999111', phone_number_id: phoneNumberId },
    contacts: [...people.values()].map(({ phone, bsuid, name = 'Asha Devi' }) => ({
      profile: { name },
      wa_id: phone,
      user_id: bsuid,
    })),
    messages: texts.map(({ by, text, wamid = newWamid() }) => ({
      from: by.phone,
      from_user_id: by.bsuid,
      id: wamid,
      timestamp: String(Math.floor(Date.now() / 1000)),
      type: 'text',
      text: { body: text },
    })),
  };
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: '102290129340398', changes: [{ value, field: 'messages' }] }],
  };
}

/** Posts a value, or a body that stands as it is, signed with `secret`. */
export function post(url: string, body: unknown, secret: string): Promise<Answered> {
  const raw = typeof body === 'string' ? body : escapedJson(body);
  return postSigned(url, raw, sign(raw, secret));
}

export async function postSigned(url: string, raw: string, signature?: string): Promise<Answered> {
  const began = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(signature !== undefined && { 'x-hub-signature-256': signature }),
    },
    body: raw,
    signal: AbortSignal.timeout(15_000),
  });
  await response.arrayBuffer();
  return { status: response.status, ms: performance.now() - began };
}

/** Posts the same again until it is answered with 200, as Meta does; no answer counts as a refusal. */
export async function insist(url: string, body: unknown, secret: string): Promise<Answered> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const answer = await post(url, body, secret).catch(() => undefined);
    if (answer?.status === 200) return answer;
    if (Date.now() > deadline) throw new Error(`refused to the last: ${answer?.status ?? 'no answer'}`);
    await pause(200);
  }
}

export function median(answers: readonly Answered[]): number {
  const sorted = answers.map(({ ms }) => ms).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
