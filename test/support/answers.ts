/** Recognises, in the words that a citizen reads, which answer they got. */
import type { NoteKey, ReplyKey } from '../../domain/reply.ts';
import { languages, type Language } from '../../domain/language.ts';
import { corporationFacts, corporationSettings } from '../../platform/corporation.ts';
import { readSettings } from '../../platform/settings.ts';
import { notes } from '../../texts/conversation.ts';
import { render } from '../../texts/render.ts';
import { sampleReplies } from './sample-replies.ts';

export interface Heard {
  readonly key: ReplyKey;
  readonly language: Language;
  readonly note?: NoteKey;
}

/** @param env the settings of the house, whose facts stand in some answers */
export function answerReader(env: NodeJS.ProcessEnv): (text: string) => Heard {
  const facts = corporationFacts(readSettings(corporationSettings, env));
  const known = new Map<string, Heard>();
  for (const language of languages) {
    for (const reply of sampleReplies(language)) {
      for (const note of [undefined, ...(Object.keys(notes) as NoteKey[])]) {
        for (const isFirstContact of [undefined, true] as const) {
          const content = render({ ...reply, choices: undefined, note, isFirstContact }, language, facts);
          const body = 'body' in content ? content.body : undefined;
          if (typeof body === 'string' && !known.has(body))
            known.set(body, { key: reply.key, language, ...(note && { note }) });
        }
      }
    }
  }
  return (text) => {
    const heard = known.get(text);
    if (!heard) throw new Error(`no answer of ours: ${text}`);
    return heard;
  };
}
