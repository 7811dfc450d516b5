/** The tables of moves as a page for people: docs/payments.md is made of this, and a test says when it is stale. */
import { attemptMoves } from './attempt.ts';
import { diagramOf } from './moves.ts';
import { refundMoves } from './refund.ts';
import { orderMoves, restingStages } from './stage.ts';

/** Markdown, with Mermaid diagrams. */
export function paymentsPage(): string {
  return [
    '# How payments move',
    'Drawn from the tables in [domain/payments/](../domain/payments) by `npm run diagrams`; whatever is not drawn here is refused.',
    '## An attempt: one try at one gateway',
    fenced(diagramOf(attemptMoves, { first: 'created', last: ['success'] })),
    'A gateway that takes a success back moves nothing: it opens a case.',
    '## An order: where it stands',
    'Derived, and stored nowhere ([stage.ts](../domain/payments/stage.ts)): these are the ways on which it is seen to go.',
    fenced(diagramOf(orderMoves, { first: 'ready', last: [...restingStages] })),
    '## A refund',
    fenced(diagramOf(refundMoves, { first: 'requested', last: ['refunded', 'withdrawn'] })),
    'Two persons move it to the gateway, and the gateway alone to its end. The same reference is the same refund, however often it is asked for.',
  ]
    .join('\n\n')
    .concat('\n');
}

const fenced = (diagram: string): string => ['```mermaid', diagram, '```'].join('\n');
