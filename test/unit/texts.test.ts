import { describe, expect, test } from 'vitest';
import { languages, type Language } from '../../domain/language.ts';
import type { NoteKey, OfferedChoice, ReplyKey } from '../../domain/reply.ts';
import { requestedService, services } from '../../domain/services.ts';
import { globalWord, namedLanguage } from '../../domain/words.ts';
import { labels, notes, replies, type CorporationFacts } from '../../texts/conversation.ts';
import { render } from '../../texts/render.ts';
import { problemsOf } from '../../whatsapp/limits.ts';

/** As long as the settings of a real corporation may well be. */
const facts: CorporationFacts = {
  number: '+91 83359 99111',
  office: { bn: 'অ'.repeat(90), en: 'a'.repeat(90), hi: 'अ'.repeat(90) },
  hours: { bn: 'অ'.repeat(60), en: 'a'.repeat(60), hi: 'अ'.repeat(60) },
  complaints: { bn: 'অ'.repeat(90), en: 'a'.repeat(90), hi: 'अ'.repeat(90) },
  publicUrl: 'https://services.example.org',
};

const replyKeys = Object.keys(replies) as ReplyKey[];
const noteKeys = Object.keys(notes) as NoteKey[];
const withChoices = new Set<ReplyKey>(['menu', 'help', 'started', 'status']);

function choicesOf(key: ReplyKey, language: Language): OfferedChoice[] | undefined {
  const all = languages.map((id): OfferedChoice => ({ id: `0123456789:${id}`, label: `language.${id}` }));
  if (key === 'chooseLanguage') return all;
  if (!withChoices.has(key)) return undefined;
  return [
    ...services.map((id): OfferedChoice => ({ id: `0123456789:${id}`, label: id })),
    ...all.filter(({ label }) => label !== `language.${language}`),
  ];
}

describe.each(languages)('every text in %s', (language) => {
  test.each(replyKeys)('%s keeps within the limits of WhatsApp, with the longest note before it', (key) => {
    const longest = noteKeys.reduce((a, b) =>
      notes[a][language].length > notes[b][language].length ? a : b,
    );
    for (const note of [undefined, longest]) {
      const content = render({ key, note, choices: choicesOf(key, language) }, language, facts);
      expect(problemsOf(content)).toEqual([]);
    }
  });

  test.each(replyKeys)('%s is written in its own script', (key) => {
    const content = render({ key, choices: choicesOf(key, language) }, language, facts);
    if (content.kind === 'template' || !('body' in content)) throw new Error('a reply has a body');
    const { body } = content;
    const scripts = { bn: /[\u0980-\u09ff]/, en: /[A-Za-z]{3}/, hi: /[\u0900-\u097f]/ };
    expect(body).toMatch(scripts[language]);
    // The question for the language is asked in all three.
    if (key === 'chooseLanguage') return;
    if (language !== 'bn') expect(body.replaceAll('অ', '')).not.toMatch(scripts.bn);
    // U+0964, the full stop, belongs to both scripts.
    if (language !== 'hi') expect(body.replace(/।/g, '')).not.toMatch(scripts.hi);
  });

  test('every label is understood when it is typed instead of tapped', () => {
    for (const service of services) expect(requestedService(labels[service][language].title)).toBe(service);
    for (const other of languages) {
      expect(namedLanguage(labels[`language.${other}`][language].title)).toBe(other);
    }
  });

  test('every word that a text tells the citizen to type is understood', () => {
    const told: Record<Language, [string, string][]> = {
      bn: [
        ['মেনু', 'menu'],
        ['ভাষা', 'language'],
        ['সাহায্য', 'help'],
        ['বন্ধ', 'stop'],
        ['চালু', 'start'],
        ['অবস্থা', 'status'],
      ],
      en: [
        ['menu', 'menu'],
        ['language', 'language'],
        ['help', 'help'],
        ['stop', 'stop'],
        ['start', 'start'],
        ['status', 'status'],
      ],
      hi: [
        ['मेनू', 'menu'],
        ['भाषा', 'language'],
        ['मदद', 'help'],
        ['बंद', 'stop'],
        ['चालू', 'start'],
        ['स्थिति', 'status'],
      ],
    };
    const everything = replyKeys.map((key) => JSON.stringify(replies[key][language]({}, facts))).join(' ');
    for (const [word, meaning] of told[language]) {
      expect(everything).toContain(word);
      expect(globalWord(word)).toBe(meaning);
    }
  });
});
