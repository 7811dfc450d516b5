/** What people say who ask a workflow for something, and how they are refused. */
import { ApplicationFailure } from '@temporalio/workflow';

/** Why somebody asks for what moves no money; it stays in the history. Who they are is not proved here. */
export interface Request {
  readonly why: string;
}

/** What comes from a command line may lack anything. */
export function reasoned({ why = '' }: Partial<Request>): void {
  if (why.trim() === '') throw refusal('say why: {"why": "…"}');
}

export function refusal(because: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(because, 'Refused');
}
