/** An entity that exists for the tests of the loop: its books, held by a test, say what it is to do and until when. */
import {
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { beginLife, booksOf, type CarriedLife } from '../../workflows/entity.ts';

export interface ErrandInput {
  readonly id: string;
  readonly carried?: CarriedLife;
}

/** What the books of an errand say. */
export interface ErrandStanding {
  /** What is to be done; what is done is taken out. */
  readonly todo: readonly string[];
  readonly open: boolean;
  /** Milliseconds since 1970. */
  readonly deadline?: number;
}

export interface ErrandActivities {
  errandStanding(of: { readonly id: string }): Promise<ErrandStanding>;
  /** A write into the books: a local activity, too. */
  errandNote(of: { readonly id: string; readonly note: string }): Promise<void>;
  /** Takes as long as the test likes. */
  errandWork(of: { readonly id: string; readonly name: string }): Promise<void>;
}

export const errandNewsSignal = defineSignal('errandNews');
/** Notes something and works, and answers with the run in which it did. */
export const errandUpdate = defineUpdate<string, [string]>('errandUpdate');
export const errandAgainUpdate = defineUpdate<string, [string]>('errandAgain');
export const errandQuery = defineQuery<readonly string[]>('errandFailures');

const books = booksOf<ErrandActivities>();
const work = proxyActivities<ErrandActivities>({
  startToCloseTimeout: '10 minutes',
  retry: { initialInterval: '200ms', maximumAttempts: 2 },
});

export async function errand({ id, carried }: ErrandInput): Promise<void> {
  const life = beginLife(carried);
  let standing: ErrandStanding | undefined;
  const failures = (): string[] =>
    (standing?.todo ?? []).flatMap((name) => {
      const reason = life.failureOf(name);
      return reason === undefined ? [] : [`${name}: ${reason}`];
    });

  setHandler(errandNewsSignal, () => life.news());
  setHandler(errandQuery, failures);
  setHandler(errandAgainUpdate, (name) => {
    life.again(name);
    return 'again';
  });
  setHandler(errandUpdate, (name) =>
    life.shielded(async () => {
      await work.errandWork({ id, name });
      life.news();
      return workflowInfo().runId;
    }),
  );

  await life.live<ErrandStanding>({
    async look() {
      standing = await life.ask(books, (mine) => mine.errandStanding({ id }));
      return standing;
    },
    act({ todo }) {
      for (const name of todo) {
        life.begin(name, async () => {
          if (name === 'defect') throw new TypeError('a defect of our code');
          if (!name.startsWith('note')) await work.errandWork({ id, name });
          await life.ask(books, (mine) => mine.errandNote({ id, note: name }));
        });
      }
    },
    show({ open }) {
      setCurrentDetails(`${life.cancelled ? 'cancelled, ' : ''}${open ? 'open' : 'closed'}`);
    },
    next: ({ deadline }) => (deadline === undefined ? [] : [{ at: deadline, summary: 'the deadline' }]),
    isOver: ({ open, todo }) =>
      (!open || life.cancelled) && todo.every((name) => life.failureOf(name) !== undefined),
    handOn: (mine) => continueAsNew<typeof errand>({ id, carried: mine }),
  });
}
