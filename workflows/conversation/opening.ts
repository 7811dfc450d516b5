/** How a citizen came to a service. */
import type { LicenceAnswer, PropertyAnswer } from '../../activities/records.ts';
import type { AssesseeNumber } from '../../domain/assessee-number.ts';
import type { CeNumber } from '../../domain/ce-number.ts';
import type { NoteKey } from '../../domain/reply.ts';

export interface Opening {
  /** They began with the number of a property, */
  readonly number?: AssesseeNumber;
  /** or of a licence, */
  readonly licence?: CeNumber;
  /** and this was found under it already. */
  readonly propertyAnswer?: PropertyAnswer;
  readonly licenceAnswer?: LicenceAnswer;
  /** What they began with is no number, for this reason. */
  readonly note?: NoteKey;
  /** We promised them this answer, and said so. */
  readonly promised?: boolean;
}
