/** What every call of a gateway has in common: its time, its trace, and its words, also of one that failed. */
import type { Database } from '../database/connection.ts';
import type { AttemptPlace } from '../database/payments/attempts.ts';
import { keepEvidence, type Evidence } from '../database/payments/evidence.ts';
import { exchangeOf, GatewayUnavailableError, type ChatTransactions } from '../gateways/gateway.ts';
import type { WorkMetrics } from '../platform/metrics.ts';
import { traced } from '../platform/tracing.ts';
import { WhatsAppError, type WhatsAppClient } from '../whatsapp/client.ts';

interface Dependencies {
  readonly db: Database;
  readonly metrics: Pick<WorkMetrics, 'gatewayCalls'>;
}

/** A gateway, and our id of the merchant account. */
type Place = Pick<AttemptPlace, 'gateway' | 'merchant'>;
type Call = 'open' | 'close' | 'ask' | 'refund' | 'ask about a refund';

export interface GatewayCalls {
  /** Keeps the words of a call that failed: they are evidence like any other. */
  readonly keepFailure: (
    error: unknown,
    about: Pick<Evidence, 'gateway' | 'source' | 'reference'>,
  ) => Promise<void>;
  /** A call of a gateway with its time, and whether it was answered, refused, or nobody knows. */
  readonly timed: <T>(at: Place, call: Call, run: () => Promise<T>) => Promise<T>;
}

export function createGatewayCalls({ db, metrics }: Dependencies): GatewayCalls {
  return {
    async keepFailure(error, about) {
      const exchange = exchangeOf(error);
      if (!exchange) return;
      const { request, response = '' } = exchange;
      await keepEvidence(db, { ...about, request, raw: response });
    },

    async timed({ gateway, merchant }, call, run) {
      const stopTimer = metrics.gatewayCalls.startTimer({ gateway, merchant, call });
      try {
        const answer = await traced(`${call} ${gateway}`, { facts: { gateway }, kind: 'client' }, run);
        stopTimer({ result: 'answered' });
        return answer;
      } catch (error) {
        stopTimer({ result: error instanceof GatewayUnavailableError ? 'unavailable' : 'refused' });
        throw error;
      }
    },
  };
}

/** Asks Meta under which ids the gateway has the transactions of an order in the chat. @throws GatewayUnavailableError */
export async function transactionsInChat(
  whatsapp: Pick<WhatsAppClient, 'lookUpPayment'>,
  order: { readonly configuration: string; readonly reference: string },
): Promise<ChatTransactions> {
  try {
    return await whatsapp.lookUpPayment(order);
  } catch (error) {
    if (error instanceof WhatsAppError) throw new GatewayUnavailableError(error.message);
    throw error;
  }
}
