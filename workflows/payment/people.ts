/** What people who act on a payment must say, and how they are refused. */
import { ApplicationFailure } from '@temporalio/workflow';
import type { ByPerson } from './messages.ts';

/** What comes from a command line may lack anything. */
export function named({ who = '', why = '' }: Partial<ByPerson>): void {
  if (who.trim() === '' || why.trim() === '') {
    throw refusal('say who you are and why: {"who": "…", "why": "…"}');
  }
}

export function refusal(because: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(because, 'Refused');
}
