/** Many citizens who write at once, and the question that matters: was everybody answered once and in order? */
import { expect } from 'vitest';
import type { Citizen } from '../../sandbox/graph/model.ts';
import type { Town } from './town.ts';
import { textWebhook, type Answered } from './webhooks.ts';

/** Words whose answers differ, so that one which is lost, doubled or misplaced shows. */
const words = [
  { text: 'help', key: 'help' },
  { text: 'status', key: 'status' },
  { text: 'about', key: 'about' },
  { text: 'hi', key: 'menu' },
] as const;

export interface Crowd {
  readonly citizens: readonly Citizen[];
  /**
   * Everybody writes so many messages, each posted when the one before was taken; nobody waits for answers.
   * @param deliver posts one webhook; by default again and again until it is taken
   */
  write(messages: number, deliver?: (body: unknown) => Promise<Answered>): Promise<Answered[]>;
  /** Everybody was answered once for each message, in order: in their chats, and by our own books. */
  wasAnsweredOnce(timeoutMs?: number): Promise<void>;
}

export async function gatherCrowd(town: Town, size: number): Promise<Crowd> {
  const citizens = await town.invite(size);
  const expected = new Map<string, string[]>(citizens.map(({ id }) => [id, []]));

  return {
    citizens,
    async write(messages, deliver = (body) => town.insist(body)) {
      const one = async (citizen: Citizen, index: number): Promise<Answered[]> => {
        const keys = expected.get(citizen.id) ?? [];
        const answers: Answered[] = [];
        for (let count = 0; count < messages; count += 1) {
          const word = words[(index + keys.length) % words.length] ?? words[0];
          keys.push(word.key);
          answers.push(await deliver(textWebhook([{ by: citizen, text: word.text }])));
        }
        return answers;
      };
      return (await Promise.all(citizens.map(one))).flat();
    },
    async wasAnsweredOnce(timeoutMs) {
      await town.settled(timeoutMs);
      const heard = new Map<string, string[]>();
      for (const { id } of citizens)
        heard.set(
          id,
          (await town.heard(id)).map(({ key }) => key),
        );
      expect(heard).toEqual(expected);
      const total = [...expected.values()].flat().length;
      expect(await booksOf(town, citizens)).toEqual({
        taken: total,
        delivered: total,
        sent: total,
        unclear: 0,
      });
    },
  };
}

async function booksOf(town: Town, citizens: readonly Citizen[]): Promise<unknown> {
  const mine = 'select citizen_id from citizen_ids where value = any($1)';
  const [books] = await town.rows(
    `select
       (select count(*)::int from outbox where key like 'm:%' and subject in (${mine})) as taken,
       (select count(*)::int from outbox where key like 'm:%' and subject in (${mine}) and delivered_at is not null) as delivered,
       (select count(*)::int from messages where citizen_id in (${mine}) and wamid is not null) as sent,
       (select count(*)::int from messages
         where citizen_id in (${mine}) and (wamid is null or in_flight_since is not null)) as unclear`,
    [citizens.map(({ bsuid }) => bsuid)],
  );
  return books;
}
