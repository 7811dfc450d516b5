/**
 * A storm over the running house: thousands of steps of citizens, gateways with odd ways, a register that changes, officers who
 * decide and give money back, and processes that are killed. Longer: STORM_STEPS=20000 STORM_SEED=7 npx vitest run --project servers test/chaos/storm.test.ts
 */
import { afterEach, expect, test } from 'vitest';
import { openCases } from '../../database/cases.ts';
import type { Database } from '../../database/connection.ts';
import { actOnCase } from '../../database/people/act-on-case.ts';
import { caseKinds } from '../../domain/people/case.ts';
import { roles } from '../../domain/people/role.ts';
import { runStorm, type Random } from '../support/storm.ts';
import { startTown, type Town } from '../support/town.ts';

const steps = Number(process.env['STORM_STEPS'] ?? 80);
const isLong = steps > 1_000;
const seed = Number(process.env['STORM_SEED'] ?? 1);
const schemes = (process.env['STORM_SCHEMES'] ?? 'hmac,symmetric').split(',');

const account = { id: 'storm', mercid: 'KMCSTORM', clientid: 'kmcstorm' };
const paytm = { id: 'storm-paytm', mid: 'KMCSTORM000000000001', keys: [{ key: 'InventedKeyStorm' }] };
const razorpay = {
  id: 'storm-razorpay',
  accountId: 'acc_KMCSTORM000001',
  keys: [{ keyId: 'rzp_test_KMCSTORM000001', keySecret: 'an-invented-secret-of-a-storm-01' }],
  webhookSecrets: [{ secret: 'an-invented-secret-of-a-storm-02' }],
};
const keys: Readonly<Record<string, object>> = {
  hmac: { scheme: 'hmac', secret: 'a-secret-of-the-storm-with-32-characters' },
  symmetric: {
    scheme: 'symmetric',
    keyId: 'storm-key',
    encryptionPassword: 'ThirtyTwoCharactersOfOneByteEach',
    signingPassword: 'AnotherThirtyTwoBytesForSigning!',
  },
};

let town: Town | undefined;
afterEach(() => town?.stop());

/** Decides as a person does who has just looked; what opens nothing new but a question may be chosen, too. */
async function decide(db: Database, caseId: string, random: Random): Promise<string> {
  const seen = (await openCases(db)).find(({ id }) => id === caseId);
  if (!seen) return 'closed meanwhile';
  const decisions = Object.keys(caseKinds[seen.kind].decisions);
  const decision = decisions[random(decisions.length)] ?? '';
  const desk = {
    db,
    settings: {
      counter: 'W',
      certificateCounter: 'CE',
      creditNoteCounter: 'CN',
      receiptYear: 'posting',
      ownRegister: true,
    } as const,
    priceOf: () => Promise.reject(new Error('there are no renewals in this storm')),
  };
  const person = { name: 'Invented Officer', roles };
  const acted = await actOnCase(desk, person, {
    caseId,
    decision,
    why: 'decided in a storm',
    seen: seen.seen,
  });
  return acted.outcome;
}

test.each(schemes)(
  'over all gateways, BillDesk under %s, whatever comes in whatever order, no money is lost, doubled or told twice',
  async (scheme) => {
    town = await startTown({
      own: ['postgres', 'temporal'],
      env: {
        SANDBOX_CITY: '10',
        PROXY_HOPS: '1',
        // Whatever is undecided after the last of them is a case, for which the end of the storm waits.
        PAYMENT_POLLS: isLong ? '2s,4s,8s,15s,25s,40s' : '2s,4s,8s,15s',
        REFUND_POLLS: isLong ? '2s,4s,8s,15s,25s,40s' : '2s,4s,8s,15s',
        BILLDESK_MERCHANTS: JSON.stringify([{ ...account, keys: [keys[scheme]] }]),
        PAYTM_MERCHANTS: JSON.stringify([paytm]),
        RAZORPAY_MERCHANTS: JSON.stringify([razorpay]),
      },
    });
    const { wrongs, ...figures } = await runStorm(town, {
      seed,
      steps,
      walkers: isLong ? 10 : 6,
      // Some fifty kills, or two in a short storm.
      stepsPerKill: isLong ? Math.max(120, Math.round(steps / 50)) : Math.round(steps / 3),
      decide,
    });
    process.stdout.write(`storm, ${scheme}, seed ${seed}: ${JSON.stringify(figures)}\n`);
    expect(wrongs).toEqual([]);
    // A storm in which nothing happens shows nothing.
    const successes = Object.values(figures.successes).reduce((sum, count) => sum + count, 0);
    expect(successes).toBeGreaterThan(steps / 100);
  },
  3_000_000,
);
