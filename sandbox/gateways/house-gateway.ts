/** What the stand-in of a gateway is to `npm start`. */
import type { GatewaySettings } from '../../gateways/pool.ts';
import type { GatewayMaker } from '../kit/gateway.ts';

export interface HouseGateway {
  /** Names of secrets that are made once for each data folder: 32 hexadecimal digits each. */
  readonly secrets: readonly string[];
  /** The gateway's settings, by which the house pays at the stand-in. */
  settings(secret: (name: string) => string, sandboxUrl: string): Readonly<Record<string, string>>;
  /** The stand-in for the merchant accounts that the settings give; nothing where they give none. */
  standIn(
    settings: GatewaySettings,
    where: { readonly webhookUrl: string; readonly sandboxPort: number },
  ): GatewayMaker | undefined;
}
