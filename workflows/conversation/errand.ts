/** What a citizen wants, and how they came to it. */
import type { LicenceAnswer, PropertyAnswer } from '../../activities/records.ts';
import type { AssesseeNumber } from '../../domain/assessee-number.ts';
import type { CeNumber } from '../../domain/ce-number.ts';
import type { BareNumber } from '../../domain/conversation/meaning.ts';
import type { NoteKey } from '../../domain/reply.ts';
import type { Service } from '../../domain/services.ts';

export interface Opening {
  /** They began with the number of a property, */
  readonly number?: AssesseeNumber;
  /** or of a licence, */
  readonly licence?: CeNumber;
  /** or with one that may be either's, */
  readonly bareNumber?: BareNumber;
  /** and this was found under it already. */
  readonly propertyAnswer?: PropertyAnswer;
  readonly licenceAnswer?: LicenceAnswer;
  /** What they began with is no number, for this reason. */
  readonly note?: NoteKey;
  /** We promised them this answer, and said so. */
  readonly promised?: boolean;
}

/** One thing to be done for a citizen: a service, or what leads to one. */
export interface Errand {
  readonly task: Service | 'bareNumber' | 'language';
  readonly opening?: Opening;
}
