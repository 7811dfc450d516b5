import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { attemptMoves, attemptStates } from '../../domain/payments/attempt.ts';
import { paymentsPage } from '../../domain/payments/diagrams.ts';
import { orderMoves, stages } from '../../domain/payments/stage.ts';

test('docs/payments.md is what the tables of moves say (npm run diagrams)', async () => {
  const page = await readFile(join(import.meta.dirname, '..', '..', 'docs', 'payments.md'), 'utf8');
  expect(page).toBe(paymentsPage());
});

test.each([
  ['attempt', Object.keys(attemptStates), attemptMoves],
  ['order', [...stages], orderMoves],
])('every state of an %s stands in its table', (_, states, moves) => {
  expect([...new Set(moves.flatMap(({ from, to }) => [from, to]))].sort()).toEqual([...states].sort());
  const pairs = moves.map(({ from, to }) => `${from} ${to}`);
  expect(new Set(pairs).size).toBe(pairs.length);
});
