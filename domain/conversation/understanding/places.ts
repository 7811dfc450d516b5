/**
 * Which ones of a list a text names that says nothing else: `1 3`, `১, ৩`, `1-3`, `no. 2 and 5`. These are exact, and of lists of
 * any length; what is said in words is heard as a whole (impression.ts).
 */
import type { HeardPlaces, Place } from '../meaning.ts';
import type { Choice } from './judgement.ts';
import type { Shares } from './impression.ts';
import { clean, tokensOf } from './text.ts';

/** A list in a chat is shorter. */
const longestList = 100;
/** What two numbers in a row from here on name is a financial year. */
const shortestYear = 15;
const numbered = /^(\d{1,3})(?:st|nd|rd|th|ta|to|no|টা|টি|টো|নং|ম)?$/;
const and = /^(?:and|nd|n|o|r|ar|aur|আর|ও|এবং|और|व)$/;
const to = /^(?:to|till|upto|theke|se|থেকে|से)$/;
/** Said beside a number without changing which one it is. */
const small =
  /^(?:number|no|nos|num|nmbr|nombor|nombar|nambar|bill|bills|bil|serial|sl|option|ta|tai|please|pls|plz|নম্বর|নাম্বার|নং|বিল|টা|টি|नंबर|नम्बर|नं|बिल|वाला|wala)(?:টা|টি|ta|ti)?$/;

/** @returns places counted from 0 */
export function placesIn(text: string): HeardPlaces | undefined {
  const cleaned = clean(text);
  if (/\d,\d{3}|\d{4}/.test(cleaned)) return undefined;
  const words = tokensOf(
    cleaned
      // A dash between two digits is a range, as is "1 to 3".
      .replace(/(\d)\s*(?:[-\u2010-\u2015\u2212~]|\.{2,})\s*(?=\d)/gu, '$1 to ')
      .replace(/(?<=\d)\s*[&+]\s*(?=\d)/g, ' and ')
      // "1o2", "১ও২".
      .replace(/(?<=\d)(?:o|ও|r|n)(?=\d)/g, ' and '),
  ).map(({ word }) => word);
  const chosen: Place[] = [];
  let isRange = false;
  for (const word of words) {
    const number = Number(numbered.exec(word)?.[1] ?? 0);
    if (number > longestList) return undefined;
    const last = chosen.at(-1);
    if (number > 0 && isRange && typeof last === 'number') {
      // "24-25" is a year of bills.
      if (last >= shortestYear && number === last + 2) return undefined;
      for (let place = last + 1; place < number; place += 1) chosen.push(place);
      isRange = false;
    } else if (number > 0) chosen.push(number - 1);
    else if (to.test(word)) isRange = true;
    else if (!and.test(word) && !small.test(word)) return undefined;
  }
  return chosen.length > 0 && !isRange ? { chosen: [...new Set(chosen)] } : undefined;
}

/** So sure must it be of each place that it is named, or not. */
const surePlace = 0.75;

/** @returns the places that were heard; undefined where one of them is in doubt, or none was heard where some must be */
export function placesHeard(choice: Choice, places: Shares<string>): HeardPlaces | undefined {
  if (choice === 'all') return { chosen: 'all' };
  if (choice !== 'some' && choice !== 'allBut') return undefined;
  const shares = Object.entries(places);
  if (shares.some(([, share = 0]) => share > 1 - surePlace && share < surePlace)) return undefined;
  const named = shares
    .filter(([, share = 0]) => share >= surePlace)
    .map(([place]): Place => (place === 'last' ? place : Number(place) - 1));
  if (named.length === 0) return undefined;
  return choice === 'some' ? { chosen: named } : { chosen: 'all', except: named };
}
