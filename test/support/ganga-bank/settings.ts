/** The settings of Ganga Bank. */
import { z } from 'zod';
import {
  accountFields,
  accountsIn,
  keyDates,
  keysOf,
  password,
  word,
} from '../../../gateways/merchant-settings.ts';
import { setting, url } from '../../../platform/settings.ts';

const accounts = accountsIn(
  z.strictObject({
    ...accountFields,
    merchantId: word,
    keys: keysOf(z.strictObject({ ...keyDates, secret: password })),
  }),
);

export type GangaMerchant = z.output<typeof accounts>[number];

const apiUrl = 'https://pay.ganga-bank.example';

export const gangaBankSettings = {
  GANGABANK_API_URL: setting(url.default(apiUrl), "where Ganga Bank's API is", apiUrl),
  GANGABANK_MERCHANTS: setting(
    accounts.optional(),
    'merchant accounts at Ganga Bank as JSON; without it nobody pays there',
    '[{"id":"ganga","merchantId":"KMC","keys":[{"secret":"…"}]}]',
  ),
};
