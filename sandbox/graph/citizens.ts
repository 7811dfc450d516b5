/** The invented citizens: seven with a character of their own, and as many as a test asks for. */
import { bsuidFor } from './ids.ts';
import type { Citizen } from './model.ts';

const person = (
  id: string,
  name: string,
  phone: string,
  more: Partial<Pick<Citizen, 'username' | 'readsMessages'>> = {},
): Citizen => ({
  id,
  name,
  phone,
  bsuid: bsuidFor(phone.startsWith('44') ? 'GB' : 'IN', id),
  readsMessages: true,
  windowEndsAt: 0,
  ...more,
});

export const firstCitizens: readonly Citizen[] = [
  person('ananya', 'অনন্যা চট্টোপাধ্যায়', '919000000101'),
  person('subir', 'সুবীর দাস', '919000000102'),
  person('asha', 'आशा देवी', '919000000103'),
  person('irfan', 'Mohammed Irfan', '919000000104'),
  // WhatsApp shows a username where the number is kept private.
  person('mita', 'মিতা সেন', '919000000105', { username: 'mita.sen' }),
  // Abroad; the range is the one that Ofcom keeps for drama.
  person('priya', 'Priya Banerjee', '447700900123'),
  // Gets messages and leaves them unread.
  person('joseph', "Joseph D'Souza", '919000000106', { readsMessages: false }),
];

const givenNames = [
  'Rina',
  'অরিন্দম',
  'Sohini',
  'রাহুল',
  'Farida',
  'पूजा',
  'Debashis',
  'মৌসুমী',
  'Imran',
  'Kavita',
];
const surnames = ['Ghosh', 'মণ্ডল', 'Roy', 'Khatun', 'Singh', 'পাল', 'Saha', 'Sharma', 'বসু'];

/** The citizen with this number, counted from 1: always the same one. */
export function inventCitizen(number: number): Citizen {
  const given = givenNames[number % givenNames.length] ?? '';
  const surname = surnames[number % surnames.length] ?? '';
  return person(`c${number}`, `${given} ${surname}`, `917${String(number).padStart(9, '0')}`);
}
