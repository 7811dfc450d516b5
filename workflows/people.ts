/** What people who act on a workflow must say, and how they are refused. */
import { ApplicationFailure } from '@temporalio/workflow';

/** Whoever acts says who they are and why; it goes into the audit log. */
export interface ByPerson {
  readonly who: string;
  readonly why: string;
}

/** What comes from a command line may lack anything. */
export function named({ who = '', why = '' }: Partial<ByPerson>): void {
  if (who.trim() === '' || why.trim() === '') {
    throw refusal('say who you are and why: {"who": "…", "why": "…"}');
  }
}

export function refusal(because: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(because, 'Refused');
}
