import { describe, expect, test } from 'vitest';
import { languages, type Language } from '../../domain/language.ts';
import { paise } from '../../domain/money.ts';
import type { OutboundContent } from '../../domain/outbound.ts';
import type { NoteKey } from '../../domain/reply.ts';
import { services } from '../../domain/services.ts';
import { normalise } from '../../domain/conversation/understanding/text.ts';
import {
  globalWord,
  namedLanguage,
  requestedService,
} from '../../domain/conversation/understanding/words.ts';
import { labels, notes } from '../../texts/conversation.ts';
import type { CorporationFacts } from '../../texts/words.ts';
import { formatMoney } from '../../texts/format.ts';
import { render } from '../../texts/render.ts';
import { problemsOf } from '../../whatsapp/limits.ts';
import { sampleDues, sampleReplies } from '../support/sample-replies.ts';

/** As long as the settings of a real corporation may well be. */
const facts: CorporationFacts = {
  number: '+91 83359 99111',
  office: { bn: 'অ'.repeat(90), en: 'a'.repeat(90), hi: 'अ'.repeat(90) },
  hours: { bn: 'অ'.repeat(60), en: 'a'.repeat(60), hi: 'अ'.repeat(60) },
  complaints: { bn: 'অ'.repeat(90), en: 'a'.repeat(90), hi: 'अ'.repeat(90) },
  licences: { bn: 'অ'.repeat(120), en: 'a'.repeat(120), hi: 'अ'.repeat(120) },
  publicUrl: 'https://services.example.org',
};

const noteKeys = Object.keys(notes) as NoteKey[];

/** The words of a message, wherever WhatsApp puts them. */
function bodyOf(content: OutboundContent): string {
  if (content.kind === 'template') throw new Error('a reply is no template');
  return 'body' in content ? content.body : (content.caption ?? '');
}

describe.each(languages)('every text in %s', (language) => {
  test.each(sampleReplies(language))(
    '$key keeps within the limits of WhatsApp, with the longest note before it',
    (reply) => {
      const longest = noteKeys.reduce((a, b) =>
        notes[a][language].length > notes[b][language].length ? a : b,
      );
      for (const note of [undefined, longest]) {
        expect(problemsOf(render({ ...reply, note }, language, facts))).toEqual([]);
      }
    },
  );

  test.each(sampleReplies(language))('$key is written in its own script', (reply) => {
    const body = bodyOf(render(reply, language, facts));
    const scripts = { bn: /[\u0980-\u09ff]/, en: /[A-Za-z]{3}/, hi: /[\u0900-\u097f]/ };
    expect(body).toMatch(scripts[language]);
    // The question for the language is asked in all three.
    if (reply.key === 'chooseLanguage') return;
    if (language !== 'bn') expect(body.replaceAll('অ', '')).not.toMatch(scripts.bn);
    // U+0964, the full stop, belongs to both scripts.
    if (language !== 'hi') expect(body.replace(/।/g, '')).not.toMatch(scripts.hi);
  });

  test('what is due says every bill where it fits, then every year, then every kind, and always the total', () => {
    const [few, more, many] = [1, 6, 40].map((years) => {
      const params = sampleDues(years);
      const body = bodyOf(render({ key: 'dues.property', params }, language, facts));
      expect(body).toContain(formatMoney(params.total, language));
      expect(body).toContain('31-107-11-0057-1');
      return body;
    });
    expect(few).toContain(formatMoney(sampleDues(1).dues[0]?.rebate?.amount ?? paise(0), language));
    expect(more?.split('\n').length).toBeGreaterThan(many?.split('\n').length ?? 0);
  });

  test('every label is understood when it is typed instead of tapped', () => {
    for (const service of services)
      expect(requestedService(normalise(labels[service][language].title))).toBe(service);
    for (const other of languages) {
      expect(namedLanguage(normalise(labels[`language.${other}`][language].title))).toBe(other);
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
    const everything = JSON.stringify(sampleReplies(language).map((reply) => render(reply, language, facts)));
    for (const [word, meaning] of told[language]) {
      expect(everything).toContain(word);
      expect(globalWord(normalise(word))).toBe(meaning);
    }
  });
});
