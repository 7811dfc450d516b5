/** A gateway that is not shipped, written after docs/change.md, does what every gateway must do. */
import type { Gateway } from '../../gateways/gateway.ts';
import { readSettings, type ValuesOf } from '../../platform/settings.ts';
import { makeGangaBank } from '../support/ganga-bank/ganga-bank.ts';
import { gangaBank } from '../support/ganga-bank/order.ts';
import { gangaBankSettings } from '../support/ganga-bank/settings.ts';
import { gangaBankStandIn } from '../support/ganga-bank/stand-in.tsx';
import { gatewayContract } from '../support/gateway-contract.ts';
import { paise } from '../../domain/money.ts';

const accounts = {
  propertyTax: { id: 'ganga-tax', merchantId: 'KMCTAX' },
  tradeLicence: { id: 'ganga-licence', merchantId: 'KMCLICENCE' },
  marketRent: { id: 'ganga-rent', merchantId: 'KMCRENT' },
};
const secretOf = (id: string): string => `key-of-${id}`;

/** The settings as the environment gives them, one account for each service. */
function settings(apiUrl: string, keyOf = secretOf): ValuesOf<typeof gangaBankSettings> {
  const merchants = Object.entries(accounts).map(([service, { id, merchantId }]) => ({
    ...{ id, merchantId, services: [service] },
    keys: [{ secret: keyOf(id) }],
  }));
  return readSettings(
    [],
    { GANGABANK_API_URL: apiUrl, GANGABANK_MERCHANTS: JSON.stringify(merchants) },
    gangaBankSettings,
  );
}

function gateway(given: ReturnType<typeof settings>, timeoutMs = 1_500): Gateway {
  const made = makeGangaBank(given, { timeoutMs });
  if (made === undefined) throw new Error('no merchant account');
  return made;
}

gatewayContract({
  name: gangaBank,
  accounts,
  standIn: (webhookUrl) =>
    gangaBankStandIn(settings('http://127.0.0.1:9').GANGABANK_MERCHANTS ?? [], webhookUrl),
  gateway: (apiUrl, timeoutMs) => gateway(settings(apiUrl), timeoutMs),
  stranger: (apiUrl) => gateway(settings(apiUrl, (id) => `wrong-${id}`)),
  secrets: Object.values(accounts).map(({ id }) => secretOf(id)),
  refused: { amount: paise(99) },
  listsRefunds: true,
  forgeries: ['signature', 'key'],
  signsAnswers: false,
});
