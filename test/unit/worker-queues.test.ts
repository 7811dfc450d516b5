import { describe, expect, test } from 'vitest';
import { queueNames, type QueueName } from '../../domain/task-queues.ts';
import { readSettings } from '../../platform/settings.ts';
import { queueWorkers } from '../../worker/options.ts';

const served = (given?: string): QueueName[] =>
  queueWorkers(readSettings(['WORKER_QUEUES'], { WORKER_QUEUES: given }).WORKER_QUEUES, {
    sendsPerSecond: 70,
    gatewayCallsPerSecond: 20,
  }).map(({ taskQueue }) => taskQueue);

describe('a worker process', () => {
  test('serves every task queue once, unless it is told which', () => {
    expect(served().sort()).toEqual([...queueNames].sort());
    expect(served('')).toEqual(served());
  });

  test('serves the queues that it is told', () => {
    expect(served('gateway-billdesk, documents').sort()).toEqual(['documents', 'gateway-billdesk']);
  });

  test.each(['document', 'documents,,payments', 'conversations;payments'])(
    'does not start with %s, and says which queues there are',
    (given) => {
      expect(() => served(given)).toThrow(
        /^WORKER_QUEUES is malformed: the task queues .*conversations.*gateway-billdesk.* Example: WORKER_QUEUES=documents$/s,
      );
    },
  );
});
