/** What a citizen calls an account: "call it Ma's flat". Names are theirs alone, and are shown to nobody else. */
import { inert } from '../inert.ts';

/** A row of a list has a title of so many characters. */
const longestNickname = 24;
/** Whoever writes more tells something else. */
const longestText = 80;

/** Each asks for a name in words that leave no doubt: "its name is wrong" is about a register. */
const namings: readonly RegExp[] = [
  /^(?:please )?(?:call|name) (?:it|this|that|this one) (?<name>.+)$/iu,
  /^(?:please )?save (?:it|this) as (?<name>.+)$/iu,
  /^(?:(?:এটার|এটির|এর|এটাকে) )?নাম (?:দিন|দাও|রাখুন|রাখো) (?<name>.+)$/u,
  /^(?:এটার|এটির|এর) নাম (?<name>.+) (?:রাখুন|রাখো|রাখলাম|রাখছি)$/u,
  /^(?:इसका |इसको )?नाम (?:दें|दो|दीजिए|रखें|रखो|रखिए) (?<name>.+)$/u,
  /^इसका नाम (?<name>.+) (?:रखें|रखो|रखिए|रख दें|रख दो|रख दीजिए)$/u,
  /^(?:(?:etar|er|etake|iska) )?(?:nam|naam) (?:din|dao|rakhun|rakho|do|den|rakhiye) (?<name>.+)$/iu,
  /^(?:etar|er|iska) (?:nam|naam) (?<name>.+) (?:rakhun|rakho|rakhlam|rakh do|rakh den|rakhiye)$/iu,
];

/** The name that a text gives, where it gives one. */
export function nicknameIn(text: string): string | undefined {
  const plain = text.normalize('NFC').replace(/\s+/gu, ' ').trim();
  if (plain.length > longestText) return undefined;
  const name = namings
    .map((naming) => naming.exec(plain)?.groups?.['name'])
    .find((found) => found !== undefined);
  return name === undefined ? undefined : asNickname(name);
}

/** A text as a name, plain and short enough for a list; nothing where no letter or digit is left of it. */
export function asNickname(text: string): string | undefined {
  const name = inert(text.replace(/^["'“”‘’]+|["'“”‘’.।!]+$/gu, ''), longestNickname);
  return /[\p{L}\p{N}]/u.test(name) ? name : undefined;
}
