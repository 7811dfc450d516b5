/** Invented people, streets and shops. Family names and streets do not exist: they are birds, trees and weather. */
import type { Written } from '../../domain/accounts/account.ts';
import type { Random } from './random.ts';

export type Pair = readonly [en: string, bn: string];

const given: readonly [Pair, ...Pair[]] = [
  ['Ananya', 'অনন্যা'],
  ['Arup', 'অরূপ'],
  ['Bina', 'বীণা'],
  ['Farida', 'ফরিদা'],
  ['Gita', 'গীতা'],
  ['Imran', 'ইমরান'],
  ['Joya', 'জয়া'],
  ['Kabir', 'কবীর'],
  ['Lata', 'লতা'],
  ['Mohan', 'মোহন'],
  ['Nasreen', 'নাসরিন'],
  ['Pradip', 'প্রদীপ'],
  ['Rahul', 'রাহুল'],
  ['Rina', 'রীনা'],
  ['Salim', 'সেলিম'],
  ['Shyamal', 'শ্যামল'],
  ['Sunita', 'সুনীতা'],
  ['Tapan', 'তপন'],
];

const family: readonly [Pair, ...Pair[]] = [
  ['Doyelkar', 'দোয়েলকর'],
  ['Jonakidar', 'জোনাকিদার'],
  ['Kadambar', 'কদমবর'],
  ['Kashphuli', 'কাশফুলি'],
  ['Meghdhar', 'মেঘধর'],
  ['Nodikar', 'নদীকর'],
  ['Palashdar', 'পলাশদার'],
  ['Roddurkar', 'রোদ্দুরকর'],
  ['Shalikbar', 'শালিকবর'],
  ['Shiulidhar', 'শিউলিধর'],
  ['Tarakar', 'তারাকর'],
  ['Tuntunidar', 'টুনটুনিদার'],
];

const firms: readonly [Pair, ...Pair[]] = [
  ['Stores', 'স্টোর্স'],
  ['Traders', 'ট্রেডার্স'],
  ['Engineering Works', 'ইঞ্জিনিয়ারিং ওয়ার্কস'],
  ['Sweets', 'মিষ্টান্ন ভাণ্ডার'],
];

const places: readonly [Pair, ...Pair[]] = [
  ['Babui', 'বাবুই'],
  ['Bulbuli', 'বুলবুলি'],
  ['Chhatim', 'ছাতিম'],
  ['Dhrubotara', 'ধ্রুবতারা'],
  ['Doyel', 'দোয়েল'],
  ['Jhinuk', 'ঝিনুক'],
  ['Jonaki', 'জোনাকি'],
  ['Kathberali', 'কাঠবেড়ালি'],
  ['Kathgolap', 'কাঠগোলাপ'],
  ['Machhranga', 'মাছরাঙা'],
  ['Meghmala', 'মেঘমালা'],
  ['Nilkantha Pakhi', 'নীলকণ্ঠ পাখি'],
  ['Prajapati', 'প্রজাপতি'],
  ['Ramdhanu', 'রামধনু'],
  ['Shaluk', 'শালুক'],
  ['Tuntuni', 'টুনটুনি'],
];

const ways: readonly [Pair, ...Pair[]] = [
  ['Lane', 'লেন'],
  ['Road', 'রোড'],
  ['Sarani', 'সরণি'],
  ['Street', 'স্ট্রিট'],
  ['Path', 'পথ'],
];

export function ownerName(random: Random, firm: boolean): Required<Written> {
  const [familyEn, familyBn] = random.pick(family);
  if (firm) {
    const [en, bn] = random.pick(firms);
    return { en: `${familyEn} ${en}`, bn: `${familyBn} ${bn}` };
  }
  const [en, bn] = random.pick(given);
  return { en: `${en} ${familyEn}`, bn: `${bn} ${familyBn}` };
}

/** The same street for the same place in a ward, whoever asks. */
export function streetName(ward: number, street: number): Required<Written> {
  const at = ward * 31 + street;
  const [placeEn, placeBn] = places[at % places.length] ?? places[0];
  const [wayEn, wayBn] = ways[Math.floor(at / places.length) % ways.length] ?? ways[0];
  return { en: `${placeEn} ${wayEn}`, bn: `${placeBn} ${wayBn}` };
}

/** @param sorts what shops of a trade call themselves */
export function shopName(random: Random, sorts: readonly [Pair, ...Pair[]]): Required<Written> {
  const [placeEn, placeBn] = random.pick(places);
  const [en, bn] = random.pick(sorts);
  return { en: `${placeEn} ${en}`, bn: `${placeBn} ${bn}` };
}
