/** The merchant accounts of one gateway: which take a service, and which an attempt was made for. */
import type { PaidService } from '../domain/accounts/kinds.ts';
import { paise, type Paise } from '../domain/money.ts';
import { GatewayUnavailableError, type MerchantAccount } from './gateway.ts';
import { sendingKey, type DatedKey } from './keys.ts';

/** What the settings say of an account of any gateway. */
export interface Merchant {
  /**
   * Our own id of it, `[a-z0-9-]`. It stands in the database for ever, and is independent of the gateway's ids, which a new
   * contract may change.
   */
  readonly id: string;
  /** What may be paid to it; without them everything. */
  readonly services?: readonly PaidService[];
  /** Its share of new payments beside the other accounts, 0 to 100; 0 is a reserve. Without it 100. */
  readonly weight?: number;
  /** What one payment may come to; without it, anything. */
  readonly most?: Limit;
}

/** In rupees: for everything, or for some services alone. */
export type Limit = number | Readonly<Partial<Record<PaidService, number>>>;

/** @returns undefined where there is none for the service */
export function limitFor(limit: Limit | undefined, service: PaidService): Paise | undefined {
  const most = typeof limit === 'object' ? limit[service] : limit;
  return most === undefined ? undefined : paise(most * 100);
}

/** The accounts that take a service and have a key in force; where none has one, all that take it. */
export function takersOf<M extends Merchant & { readonly keys: readonly DatedKey[] }>(
  merchants: readonly M[],
  service: PaidService,
  now: number,
): readonly M[] {
  const takers = merchants.filter(({ services }) => services?.includes(service) ?? true);
  const ready = takers.filter((each) => sendingKey(each, now) !== undefined);
  return ready.length > 0 ? ready : takers;
}

/**
 * An account as the pool sees it, for a service.
 * @param merchantId the gateway's
 */
export function accountOf(
  { id, weight = 100, ...merchant }: Merchant,
  { merchantId, service, ways, chat }: AccountTerms,
): MerchantAccount {
  const most = limitFor(merchant.most, service);
  const limit = most !== undefined && { most };
  return { id, merchantId, weight, ...limit, ...(ways && { ways }), ...(chat && { chat }) };
}

interface AccountTerms extends Pick<MerchantAccount, 'merchantId' | 'ways' | 'chat'> {
  readonly service: PaidService;
}

/**
 * The account of our id.
 * @param setting that lists the accounts
 * @throws GatewayUnavailableError when the settings do not have it any more
 */
export function merchantWith<M extends Merchant>(merchants: readonly M[], id: string, setting: string): M {
  const merchant = merchants.find((each) => each.id === id);
  if (merchant === undefined) throw new GatewayUnavailableError(`${setting} has no merchant account ${id}`);
  return merchant;
}
