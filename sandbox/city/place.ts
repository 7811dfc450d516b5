/** Where in the synthetic city something is: its wards are equally large and their streets equally long. */
import type { Written } from '../../domain/accounts/account.ts';
import { streetName } from './names.ts';

export interface Place {
  readonly ward: number;
  /** Its place among those of the ward, from 0. */
  readonly within: number;
  readonly street: number;
  readonly premises: number;
  readonly address: Required<Written>;
}

const wards = 144;

/** @param index its place in a city of `size` properties, which are numbered ward by ward */
export function placeAt(index: number, size: number): Place {
  const ward = Math.floor((index * wards) / size) + 1;
  const within = index - Math.ceil(((ward - 1) * size) / wards);
  const inWard = Math.ceil(size / wards);
  const onStreet = Math.max(8, Math.ceil(inWard / 90));
  const street = Math.floor(within / onStreet) + 1;
  const premises = (within % onStreet) + 1;
  const { en, bn } = streetName(ward, street);
  const address = { en: `${premises} ${en}, Kolkata`, bn: `${bengali(premises)} ${bn}, কলকাতা` };
  return { ward, within, street, premises, address };
}

export function digits(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

function bengali(number: number): string {
  return String(number).replace(/\d/g, (digit) => String.fromCharCode(0x09e6 + Number(digit)));
}
