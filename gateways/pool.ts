/**
 * The gateways of this installation. A gateway is added in its own folder, by its name in domain/payments/gateways.ts, and by
 * its settings and its maker here; it is in use where its merchant accounts are given.
 */
import { gatewayNames, type GatewayName } from '../domain/payments/gateways.ts';
import type { PaidService } from '../domain/accounts/kinds.ts';
import { paidServices } from '../domain/services.ts';
import { SettingsError, type ValuesOf } from '../platform/settings.ts';
import { makeBillDesk } from './billdesk/billdesk.ts';
import { billDeskSettings } from './billdesk/settings.ts';
import { GatewayUnavailableError, type Gateway } from './gateway.ts';
import { makePaytm } from './paytm/paytm.ts';
import { paytmSettings } from './paytm/settings.ts';
import { makeRazorpay } from './razorpay/razorpay.ts';
import { razorpaySettings } from './razorpay/settings.ts';

/** The settings of all gateways. */
export const gatewaySettings = { ...billDeskSettings, ...paytmSettings, ...razorpaySettings };
export type GatewaySettings = ValuesOf<typeof gatewaySettings>;

export interface GatewayOptions {
  /** For one call as a whole, in milliseconds. */
  readonly timeoutMs?: number;
}

/** Each makes its gateway, or nothing where the settings give it no merchant account. The first is preferred. */
const makers: Readonly<
  Record<GatewayName, (settings: GatewaySettings, options: GatewayOptions) => Gateway | undefined>
> = {
  billdesk: makeBillDesk,
  paytm: makePaytm,
  razorpay: makeRazorpay,
};

export interface GatewayPool {
  /** Those in use, the preferred one first. */
  readonly all: readonly Gateway[];
  /** The gateway for the next attempt at an order. */
  pick(order: { readonly service: PaidService }): Gateway;
  /**
   * The gateway at which an attempt was made.
   * @throws GatewayUnavailableError when it is in use no more
   */
  by(name: GatewayName): Gateway;
}

/** @throws SettingsError when no gateway takes what is paid for, or two accounts would be booked as one */
export function createGateways(settings: GatewaySettings, options: GatewayOptions = {}): GatewayPool {
  const { BILLDESK_MERCHANTS = [], PAYTM_MERCHANTS = [] } = settings;
  const ids = [...BILLDESK_MERCHANTS, ...PAYTM_MERCHANTS].map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) < index);
  if (twice !== undefined)
    throw new SettingsError(
      `Merchant accounts at two payment gateways have the id ${twice}: each needs one of its own.`,
    );
  return poolOf(
    Object.values(makers)
      .map((make) => make(settings, options))
      .filter((gateway) => gateway !== undefined),
  );
}

/** @throws SettingsError when none of them takes what is paid for */
export function poolOf(all: readonly Gateway[]): GatewayPool {
  const takerOf = (service: PaidService): Gateway | undefined =>
    all.find((gateway) => gateway.merchantFor(service) !== undefined);
  const byName = new Map<string, Gateway>(all.map((gateway) => [gateway.name, gateway]));
  const notTaken = paidServices.filter((service) => takerOf(service) === undefined);
  if (notTaken.length > 0) throw noTaker(notTaken);

  return {
    all,
    pick({ service }) {
      const gateway = takerOf(service);
      if (gateway === undefined) throw noTaker([service]);
      return gateway;
    },
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
