/** One press of the button: merchant accounts are tried one after the other, until the citizen can be sent somewhere. */
import type { OpenResult, PickedAccount, PickRequest, PickResult } from '../../activities/payments.ts';

export interface OpeningSteps {
  readonly pick: (press: Pick<PickRequest, 'tried' | 'waitedMs'>) => Promise<PickResult>;
  readonly open: (account: PickedAccount) => Promise<OpenResult>;
}

/** Ends when an account takes the payment, none is left, or the citizen has waited for long enough: the pick says so. */
export async function openSomewhere({ pick, open }: OpeningSteps): Promise<OpenResult> {
  const pressedAt = Date.now();
  const tried: string[] = [];
  for (;;) {
    const picked = await pick({ tried, waitedMs: Date.now() - pressedAt });
    if (picked.outcome === 'refused') return picked;
    const { outcome, ...account } = picked;
    const opened = await open(account);
    if (opened.outcome === 'redirect' || opened.because !== 'gatewayAway') return opened;
    tried.push(account.merchant);
  }
}
