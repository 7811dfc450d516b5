/** Which merchant accounts take a service, and which gateway knows what became of an attempt. */
import { describe, expect, test } from 'vitest';
import type { PaidService } from '../../domain/accounts/kinds.ts';
import { languages } from '../../domain/language.ts';
import { paise } from '../../domain/money.ts';
import { gatewayNames, gateways, type GatewayName } from '../../domain/payments/gateways.ts';
import { payWays, waysToPay } from '../../domain/payments/way.ts';
import { GatewayUnavailableError, type Gateway } from '../../gateways/gateway.ts';
import { paidServices } from '../../domain/services.ts';
import { accountsIn, createGateways, gatewaySettings, poolOf } from '../../gateways/pool.ts';
import { readSettings } from '../../platform/settings.ts';
import { houseGateways } from '../../sandbox/gateways/all.ts';

const never = (): never => {
  throw new Error('not to be called');
};
/** A gateway that another release may know, for some services. */
const gateway = (name: string, ...services: readonly PaidService[]): Gateway => ({
  name: name as GatewayName,
  merchantsFor: (service) =>
    services.includes(service) ? [{ id: `${name}-1`, merchantId: 'M1', weight: 100 }] : [],
  open: never,
  ask: never,
  readCallback: never,
  readReturn: never,
});
const first = gateway('first', 'tradeLicence');
const second = gateway('second', ...paidServices);

describe('of several gateways', () => {
  const pool = poolOf([first, second]);

  test('the accounts of all that take a service are in the pool for it', () => {
    const ids = (service: PaidService): string[] => pool.accountsFor(service).map(({ id }) => id);
    expect(ids('tradeLicence')).toEqual(['first-1', 'second-1']);
    expect(ids('propertyTax')).toEqual(['second-1']);
  });

  test('each is found by its name, and one that is in use no more is away', () => {
    expect(pool.by(second.name)).toBe(second);
    expect(() => pool.by('third' as GatewayName)).toThrow(GatewayUnavailableError);
  });
});

test('in the house of `npm start` everything can be paid in every way at once', () => {
  const secret = (name: string): string => name.padEnd(32, '0').slice(0, 32);
  const given = Object.values(houseGateways).map((each) => each.settings(secret, 'http://127.0.0.1:4000'));
  const pool = createGateways(
    readSettings([], Object.assign({}, ...given) as NodeJS.ProcessEnv, gatewaySettings),
  );
  for (const service of paidServices)
    expect(waysToPay(pool.accountsFor(service), paise(178_500)).ways).toEqual(payWays);
});

test('a service that no gateway takes stops the start', () => {
  expect(() => poolOf([first])).toThrow(
    /^No payment gateway takes propertyTax and marketRent: merchant accounts are given by .*BILLDESK_MERCHANTS/,
  );
});

const created = (environment: NodeJS.ProcessEnv): readonly string[] =>
  createGateways(readSettings([], environment, gatewaySettings)).all.map(({ name }) => name);

test('a gateway is in use where its merchant accounts are given', () => {
  const account = { id: 'main', mercid: 'M', clientid: 'c', keys: [{ scheme: 'hmac', secret: 's' }] };
  expect(created({ BILLDESK_MERCHANTS: JSON.stringify([account]) })).toEqual(['billdesk']);
  expect(() => created({})).toThrow(/No payment gateway takes propertyTax and tradeLicence and marketRent/);
  const paytm = JSON.stringify([{ id: 'paytm', mid: 'M', keys: [{ key: 'k'.repeat(16) }] }]);
  expect(created({ PAYTM_MERCHANTS: paytm })).toEqual(['paytm']);
  expect(created({ PAYTM_MERCHANTS: paytm, BILLDESK_MERCHANTS: JSON.stringify([account]) })).toEqual([
    'billdesk',
    'paytm',
  ]);
  const other = {
    id: 'other',
    accountId: 'acc_1',
    keys: [{ keyId: 'rzp_test_1', keySecret: 's' }],
    webhookSecrets: [{ secret: 's' }],
  };
  const RAZORPAY_MERCHANTS = JSON.stringify([other]);
  expect(created({ RAZORPAY_MERCHANTS })).toEqual(['razorpay']);
  expect(created({ RAZORPAY_MERCHANTS, BILLDESK_MERCHANTS: JSON.stringify([account]) })).toEqual([
    'billdesk',
    'razorpay',
  ]);
  const part = JSON.stringify([{ ...account, services: ['propertyTax', 'marketRent'] }]);
  expect(() => created({ BILLDESK_MERCHANTS: part })).toThrow(/takes tradeLicence/);
});

test('an account has the weight and the limit that the settings give it, and counts once in the list of all', () => {
  const keys = [{ scheme: 'hmac', secret: 's' }];
  const all = accountsIn(
    readSettings(
      [],
      {
        BILLDESK_MERCHANTS: JSON.stringify([
          { id: 'main', mercid: 'M', clientid: 'c', keys },
          {
            id: 'small',
            mercid: 'N',
            clientid: 'd',
            services: ['propertyTax'],
            weight: 40,
            most: 100_000,
            keys,
          },
        ]),
      },
      gatewaySettings,
    ),
  );
  expect(all).toEqual([
    { gateway: 'billdesk', id: 'main', merchantId: 'M', weight: 100 },
    { gateway: 'billdesk', id: 'small', merchantId: 'N', weight: 40, most: 10_000_000 },
  ]);
  const given = (terms: object) => () =>
    created({
      BILLDESK_MERCHANTS: JSON.stringify([{ id: 'main', mercid: 'M', clientid: 'c', keys, ...terms }]),
    });
  expect(given({ weight: 101 })).toThrow(/0: weight: above 100/);
  expect(given({ weight: 0.5 })).toThrow(/0: weight: not a whole number/);
  expect(given({ most: '5 lakh' })).toThrow(/0: most: neither rupees nor rupees by service \(propertyTax/);
});

test('accounts at two gateways cannot have the same id: the books would take them for one', () => {
  const settings = {
    BILLDESK_MERCHANTS: '[{"id":"main","mercid":"M","clientid":"c","keys":[{"scheme":"hmac","secret":"s"}]}]',
    PAYTM_MERCHANTS: '[{"id":"main","mid":"M","keys":[{"key":"kkkkkkkkkkkkkkkk"}]}]',
  };
  expect(() => created(settings)).toThrow(/have the id main: each needs one of its own/);
});

test.each(gatewayNames)('%s has a name in every language, and its settings bear its own', (name) => {
  expect(Object.keys(gateways[name])).toEqual([...languages]);
  const prefix = name.toUpperCase();
  expect(Object.keys(gatewaySettings)).toEqual(
    expect.arrayContaining([`${prefix}_API_URL`, `${prefix}_MERCHANTS`]),
  );
});
