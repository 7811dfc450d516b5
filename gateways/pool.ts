/**
 * The gateways of this installation. A gateway is added in its own folder, by its name in domain/payments/gateways.ts, and by
 * its settings and its maker here; it is in use where its merchant accounts are given.
 */
import { gatewayNames, type GatewayName } from '../domain/payments/gateways.ts';
import type { PoolAccount } from '../domain/payments/pick.ts';
import type { PaidService } from '../domain/accounts/kinds.ts';
import { paidServices } from '../domain/services.ts';
import { SettingsError, type ValuesOf } from '../platform/settings.ts';
import { makeBillDesk } from './billdesk/billdesk.ts';
import { billDeskSettings } from './billdesk/settings.ts';
import type { GatewayOptions } from './parts.ts';
import { GatewayUnavailableError, type Gateway, type MerchantAccount } from './gateway.ts';
import { makePaytm } from './paytm/paytm.ts';
import { paytmSettings } from './paytm/settings.ts';
import { makeRazorpay } from './razorpay/razorpay.ts';
import { razorpaySettings } from './razorpay/settings.ts';

/** The settings of all gateways. */
export const gatewaySettings = { ...billDeskSettings, ...paytmSettings, ...razorpaySettings };
export type GatewaySettings = ValuesOf<typeof gatewaySettings>;

/** Each makes its gateway, or nothing where the settings give it no merchant account. */
const makers: Readonly<
  Record<GatewayName, (settings: GatewaySettings, options: GatewayOptions) => Gateway | undefined>
> = {
  billdesk: makeBillDesk,
  paytm: makePaytm,
  razorpay: makeRazorpay,
};

/** A merchant account as the settings have it, with the gateway's own id of it. */
export type KnownAccount = PoolAccount & Pick<MerchantAccount, 'merchantId'>;

export interface GatewayPool {
  /** Those in use. */
  readonly all: readonly Gateway[];
  /** The merchant accounts of all gateways that take a service: among them an account is picked for each attempt. */
  accountsFor(service: PaidService): readonly KnownAccount[];
  /**
   * The gateway at which an attempt was made.
   * @throws GatewayUnavailableError when it is in use no more
   */
  by(name: GatewayName): Gateway;
}

/** @throws SettingsError when no gateway takes what is paid for, or two accounts would be booked as one */
export function createGateways(settings: GatewaySettings, options: GatewayOptions = {}): GatewayPool {
  return poolOf(gatewaysIn(settings, options));
}

/** Every merchant account that the settings give. @throws SettingsError when two would be booked as one */
export function accountsIn(settings: GatewaySettings): readonly KnownAccount[] {
  const all = paidServices.flatMap((service) =>
    gatewaysIn(settings).flatMap((gateway) => accountsOf(gateway, service)),
  );
  return all.filter(({ id }, index) => all.findIndex((each) => each.id === id) === index);
}

function gatewaysIn(settings: GatewaySettings, options: GatewayOptions = {}): readonly Gateway[] {
  const { BILLDESK_MERCHANTS = [], PAYTM_MERCHANTS = [], RAZORPAY_MERCHANTS = [] } = settings;
  const ids = [...BILLDESK_MERCHANTS, ...PAYTM_MERCHANTS, ...RAZORPAY_MERCHANTS].map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) < index);
  if (twice !== undefined)
    throw new SettingsError(
      `Merchant accounts at two payment gateways have the id ${twice}: each needs one of its own.`,
    );
  return Object.values(makers)
    .map((make) => make(settings, options))
    .filter((gateway) => gateway !== undefined);
}

const accountsOf = (gateway: Gateway, service: PaidService): readonly KnownAccount[] =>
  gateway.merchantsFor(service).map((account) => ({ ...account, gateway: gateway.name }));

/** @throws SettingsError when none of them takes what is paid for */
export function poolOf(all: readonly Gateway[]): GatewayPool {
  const accountsFor = (service: PaidService): readonly KnownAccount[] =>
    all.flatMap((gateway) => accountsOf(gateway, service));
  const byName = new Map<string, Gateway>(all.map((gateway) => [gateway.name, gateway]));
  const notTaken = paidServices.filter((service) => accountsFor(service).length === 0);
  if (notTaken.length > 0) throw noTaker(notTaken);

  return {
    all,
    accountsFor,
    by(name) {
      const gateway = byName.get(name);
      if (gateway === undefined) throw new GatewayUnavailableError(`${name}: no merchant account is given`);
      return gateway;
    },
  };
}

function noTaker(services: readonly PaidService[]): SettingsError {
  const names = gatewayNames.map((name) => `${name.toUpperCase()}_MERCHANTS`).join(', ');
  return new SettingsError(
    `No payment gateway takes ${services.join(' and ')}: merchant accounts are given by one or more of ${names}. ` +
      'What to give stands in example.env of each gateway.',
  );
}
