/** UPI on the pay page: a button for each app of a phone, a QR code for everybody else's screen. */
import type { VNode } from 'preact';
import { renderSVG } from 'uqr';
import type { Language } from '../domain/language.ts';
import type { Paise } from '../domain/money.ts';
import { toPay } from '../domain/payments/order.ts';
import type { QrCode, UpiRedirect } from '../domain/payments/redirect.ts';
import type { PayWay } from '../domain/payments/way.ts';
import { formatDateTime, formatMoney } from '../texts/format.ts';
import { begun, mostByUpi, upi } from '../texts/pay.ts';
import { upiApps, type PayView, type UpiApp } from './pay-stage.ts';

/** What apps call themselves, and the address that opens them. */
const apps: Readonly<Record<UpiApp, { readonly name?: string; readonly opensAt: string }>> = {
  googlePay: { name: 'Google Pay', opensAt: 'tez://upi/pay' },
  phonePe: { name: 'PhonePe', opensAt: 'phonepe://pay' },
  paytm: { name: 'Paytm', opensAt: 'paytmmp://pay' },
  any: { opensAt: 'upi://pay' },
};

const nameOf = (app: UpiApp, language: Language): string => apps[app].name ?? upi.anyApp[language];

/** Only the beginning changes: a gateway may have signed the rest, to the letter. */
export const appLink = (intent: string, app: UpiApp): string =>
  `${apps[app].opensAt}${intent.slice('upi://pay'.length)}`;

/** The way of UPI that suits the device. */
const suited = ({ isPhone }: PayView): Exclude<PayWay, 'page'> => (isPhone ? 'upiApp' : 'upiQr');

/** The same, where it is offered. */
export function upiWayOf(view: PayView): Exclude<PayWay, 'page'> | undefined {
  const way = suited(view);
  return view.ways.ways.includes(way) ? way : undefined;
}

/** Whether the page says of UPI by itself that there is a button for it, or why not. */
export const isUpiSaid = (view: PayView): boolean =>
  upiWayOf(view) !== undefined || view.ways.limits[suited(view)] !== undefined;

interface Props {
  readonly language: Language;
  readonly view: PayView;
  /** Where forms go: the page itself. */
  readonly action: string;
}

/** What UPI offers before it was chosen; nothing where it does not suit, and the reason where the amount is too large for it. */
export function UpiChoice({ language, view, action }: Props): VNode | null {
  const way = upiWayOf(view);
  const most = view.ways.limits[suited(view)];
  const money = (value: Paise): string => formatMoney(value, language);
  if (way === undefined)
    return most === undefined ? null : (
      <p class="quiet">{mostByUpi[language](money(most), money(toPay(view.order)))}</p>
    );
  return (
    <form method="post" action={action}>
      <input type="hidden" name="way" value={way} />
      {way === 'upiQr' ? (
        <button id="qr" class="button">
          {upi.showCode[language]}
        </button>
      ) : (
        <fieldset class="apps">
          <legend>{upi.apps[language]}</legend>
          {upiApps.map((app) => (
            <button id={app} class="button" name="app" value={app}>
              {nameOf(app, language)}
            </button>
          ))}
        </fieldset>
      )}
    </form>
  );
}

/** What was chosen, as long as it can be used; undefined where this device can do nothing with it. */
export function openedUpi({ redirect, isPhone, now }: PayView): UpiRedirect | undefined {
  if (redirect?.kind === 'qrCode') return redirect.until > now ? redirect : undefined;
  return redirect?.kind === 'intent' && isPhone ? redirect : undefined;
}

export function OpenedUpi({
  language,
  view,
  opened,
}: Omit<Props, 'action'> & { readonly opened: UpiRedirect }): VNode {
  const amount = formatMoney(toPay(view.order), language);
  return (
    <>
      <p>{opened.kind === 'qrCode' ? upi.scan.body[language] : upi.inApp.body[language]}</p>
      <p class="amount">{amount}</p>
      {opened.kind === 'qrCode' ? (
        <>
          <img
            class="qr"
            src={pictureOf(opened.code)}
            alt={upi.codeOf[language](amount)}
            width="256"
            height="256"
          />
          <p>{upi.until[language](formatDateTime(opened.until, language))}</p>
        </>
      ) : (
        <div class="apps">
          {inOrder(view.app).map((app) => (
            <a
              id={app}
              // The one that was chosen is opened by the page's script.
              class={app === view.app ? 'onward button' : view.app ? 'button second' : 'button'}
              href={appLink(opened.uri, app)}
            >
              {nameOf(app, language)}
            </a>
          ))}
        </div>
      )}
      <p>
        <strong>{begun.debited[language]}</strong>
      </p>
    </>
  );
}

const inOrder = (chosen: UpiApp | undefined): readonly UpiApp[] =>
  chosen === undefined ? upiApps : [chosen, ...upiApps.filter((app) => app !== chosen)];

/** The margin that ISO/IEC 18004 asks for around the code, in modules. */
const quietZone = 4;

/** Black on white, also where the page is dark: apps read no other. */
function pictureOf(code: QrCode): string {
  if ('png' in code) return `data:image/png;base64,${code.png}`;
  const svg = renderSVG(code.data, { ecc: 'M', border: quietZone, pixelSize: 1 });
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
