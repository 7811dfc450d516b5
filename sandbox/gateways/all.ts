/** The stand-ins of all gateways. A gateway adds its line. */
import type { GatewayName } from '../../domain/payments/gateways.ts';
import { billDeskHouse } from './billdesk/house.ts';
import type { HouseGateway } from './house-gateway.ts';
import { paytmHouse } from './paytm/house.ts';
import { razorpayHouse } from './razorpay/house.ts';

export const houseGateways: Readonly<Record<GatewayName, HouseGateway>> = {
  billdesk: billDeskHouse,
  paytm: paytmHouse,
  razorpay: razorpayHouse,
};
