/** Recognises, in the words that a citizen reads, which answer they got. */
import type { NoteKey, ReplyKey } from '../../domain/reply.ts';
import { languages, type Language } from '../../domain/language.ts';
import { readSettings, type Settings } from '../../platform/settings.ts';
import { notes } from '../../texts/conversation.ts';
import { render } from '../../texts/render.ts';
import { sampleReplies } from './sample-replies.ts';

export interface Heard {
  readonly key: ReplyKey;
  readonly language: Language;
  readonly note?: NoteKey;
}

const factNames = [
  'CORPORATION_NUMBER',
  'CORPORATION_OFFICE',
  'CORPORATION_HOURS',
  'CORPORATION_COMPLAINTS',
  'PUBLIC_URL',
] as const satisfies readonly (keyof Settings)[];

/** @param env the settings of the house, whose facts stand in some answers */
export function answerReader(env: NodeJS.ProcessEnv): (text: string) => Heard {
  const settings = readSettings(factNames, env);
  const facts = {
    number: settings.CORPORATION_NUMBER,
    office: settings.CORPORATION_OFFICE,
    hours: settings.CORPORATION_HOURS,
    complaints: settings.CORPORATION_COMPLAINTS,
    publicUrl: settings.PUBLIC_URL,
  };
  const known = new Map<string, Heard>();
  for (const language of languages) {
    for (const reply of sampleReplies(language)) {
      for (const note of [undefined, ...(Object.keys(notes) as NoteKey[])]) {
        const content = render({ ...reply, choices: undefined, note }, language, facts);
        const body = 'body' in content ? content.body : undefined;
        if (typeof body === 'string' && !known.has(body))
          known.set(body, { key: reply.key, language, ...(note && { note }) });
      }
    }
  }
  return (text) => {
    const heard = known.get(text);
    if (!heard) throw new Error(`no answer of ours: ${text}`);
    return heard;
  };
}
