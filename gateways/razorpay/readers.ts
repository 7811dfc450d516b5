/** How Razorpay writes what it says: amounts in paise, ids with a prefix, things within `entity`. */
import { z } from 'zod';
import { readReference } from '../readers.ts';

export type Fields = Readonly<Record<string, unknown>>;
const fieldsSchema = z.record(z.string(), z.unknown());

/** @returns undefined for what is no object; for an empty list, too, which stands for an object without fields */
export const readFields = (value: unknown): Fields | undefined =>
  Array.isArray(value) ? undefined : fieldsSchema.safeParse(value).data;

/** What stands in a list under a name, in Razorpay's order: the newest first. @returns undefined when there is no list */
export function readList(answer: unknown, name: 'items' | 'payment_links'): readonly Fields[] | undefined {
  const list = readFields(answer)?.[name];
  return Array.isArray(list) ? list.map(readFields).filter((each) => each !== undefined) : undefined;
}

/** More than this is no payment of a citizen. */
const largestAmount = 10 ** 13;

/** Whole paise, exactly. */
export function readPaise(value: unknown): number | undefined {
  const digits = readReference(value) ?? '';
  const amount = Number(digits);
  return /^\d{1,14}$/.test(digits) && amount <= largestAmount ? amount : undefined;
}

/** An id whose letters' case counts. Some events leave out its prefix. */
export function readEntityId(prefix: 'plink' | 'qr' | 'order' | 'pay', value: unknown): string | undefined {
  const id = readReference(value) ?? '';
  if (id.startsWith(`${prefix}_`)) return id;
  return /^[A-Za-z0-9]{14}$/.test(id) ? `${prefix}_${id}` : undefined;
}
