import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, test } from 'vitest';
import { createLogger, withLogFields } from '../../platform/log.ts';
import { namedInLog } from '../../worker/interceptors.ts';

function listen(): { log: ReturnType<typeof createLogger>; lines: () => readonly Record<string, unknown>[] } {
  const lines: string[] = [];
  const log = createLogger('test', 'info', { write: (line) => void lines.push(line) });
  return { log, lines: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

test('what an activity logs says for which workflow it works, what it does, and which try it is', async () => {
  const { log, lines } = listen();
  const activity = new MockActivityEnvironment({
    workflowExecution: { workflowId: 'payment-7', runId: 'run-1' },
    activityType: 'askGateway',
    attempt: 3,
  });
  const { inbound } = namedInLog(activity.context);
  await inbound?.execute?.({ args: [], headers: {} }, async () => {
    await Promise.resolve();
    log.warn('the gateway does not answer');
    return undefined;
  });
  log.info('afterwards');
  expect(lines()).toMatchObject([
    { workflowId: 'payment-7', activityType: 'askGateway', attempt: 3, msg: 'the gateway does not answer' },
    { msg: 'afterwards' },
  ]);
  expect(lines()[1]).not.toHaveProperty('workflowId');
});

test('two requests at once keep their own ids, and nothing that names somebody is written', async () => {
  const { log, lines } = listen();
  await Promise.all(
    ['one', 'two'].map((request) =>
      withLogFields({ request }, async () => {
        await Promise.resolve();
        log.info({ phone: '919830000000', about: { token: 'secret' } }, `of ${request}`);
      }),
    ),
  );
  expect(lines()).toMatchObject([
    { request: 'one', phone: '[removed]', about: { token: '[removed]' }, msg: 'of one' },
    { request: 'two', phone: '[removed]', about: { token: '[removed]' }, msg: 'of two' },
  ]);
});
