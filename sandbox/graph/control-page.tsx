/** GET /sandbox: what the HTTP API can do, to be read. */
import type { VNode } from 'preact';
import type { GatewayStandIn } from '../kit/gateway.ts';
import type { Knob } from '../kit/knobs.ts';

const routes: readonly (readonly [route: string, meaning: string])[] = [
  ['GET /phone', 'the phone in the browser; /phone/:citizenId for one citizen'],
  ['POST /v26.0/:phoneNumberId/messages', "Meta's Graph API, v20.0 to v26.0; also /media and /:mediaId"],
  ['GET /sandbox/faults', 'the faults in force, and every knob with what it does'],
  ['PUT /sandbox/faults', 'sets them; what is left out goes back to its default'],
  ['PATCH /sandbox/faults', 'sets some and leaves the rest'],
  ['DELETE /sandbox/faults', 'back to normal; rate limits forget what they counted'],
  ['GET /sandbox/citizens', 'the invented citizens'],
  ['POST /sandbox/citizens', '{"count": 100} invents more; answers with them'],
  ['GET /sandbox/citizens/:id', 'one citizen'],
  ['PATCH /sandbox/citizens/:id', '{"readsMessages": false} or {"windowOpen": false}'],
  [
    'POST /sandbox/citizens/:id/messages',
    '{"text": "hi", "replyTo"?} · {"tap": {"choiceId", "messageId"?}} · {"image": true | {"sample" | "base64", ' +
      '"mimeType"?, "caption"?}} · "video" · "voice" · "sticker" · "document" alike · {"location": true | ' +
      '{"latitude", "longitude"}} · {"contacts": {"name", "phone"}} · {"shareContact": true} · {"reaction": ' +
      '{"messageId", "emoji"}} · {"edit": {"messageId", "text"}} · {"revoke": {"messageId"}} · ' +
      '{"changeNumber": true} · {"unsupported": true}; answers {"wamid"}',
  ],
  [
    'GET /sandbox/citizens/:id/chat',
    'the chat in both directions: wamids, states with times, opaque ids, choices',
  ],
  [
    'POST /sandbox/orders/:reference/pay',
    'pays an order in the chat as on the phone: {"outcome": "success" | "failure" | "pending" | "failureThenSuccess" …, "method"?}',
  ],
  ['GET /sandbox/outbound?since=0', 'every message of the corporation, and `next` to go on from'],
  ['DELETE /sandbox/chat', 'empties all chats, media and webhooks on their way'],
  ['GET /sandbox/templates', 'the approved templates'],
  [
    'PUT /sandbox/templates',
    'adds or replaces: [{"name", "language", "body", "category"?, "header"?, "buttons"?}]',
  ],
  ['DELETE /sandbox/templates/:name/:language', 'takes one back'],
  ['GET /sandbox/webhooks', 'where webhooks go, how many wait, what the receiver answered last'],
  ['PUT /sandbox/webhooks', '{"url"} sends them elsewhere'],
  [
    'POST /sandbox/webhooks?sign=right',
    'posts any JSON value once, signed; sign=wrong or none to forge. Answers {"status"}',
  ],
  ['POST /sandbox/webhooks/verify', "does Meta's GET verification of the webhook"],
  ['GET /sandbox/media/:id', 'the bytes of a file, without a token'],
  [
    'GET /back-office/v1/properties/:number/demands',
    "the corporation's back office (docs/back-office.openapi.yaml), which answers from the register; /licences alike",
  ],
  ['PUT /back-office/v1/receipts/:number', 'tells it what was paid'],
  ['GET /sandbox/back-office/faults', 'its own faults; PUT, PATCH and DELETE as above'],
  ['GET /sandbox/back-office/receipts', 'the receipts that it has taken, oldest first'],
  ['GET /healthz', '200 while the process lives'],
];

interface AllKnobs {
  readonly knobs: readonly Knob[];
  readonly backOfficeKnobs: readonly Knob[];
  readonly gateways: readonly GatewayStandIn[];
}

export function controlPage({ knobs, backOfficeKnobs, gateways }: AllKnobs): VNode {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>WhatsApp sandbox</title>
        <link rel="stylesheet" href="/phone/assets/control.css" />
      </head>
      <body>
        <main>
          <h1>WhatsApp sandbox</h1>
          <p>
            A stand-in for WhatsApp's Cloud API. <a href="/phone">Open the phone</a>. Everybody in it is
            invented.
          </p>
          <h2>Addresses</h2>
          <dl>
            {[...routes, ...gateways.flatMap(({ addresses }) => addresses)].map(([route, meaning]) => (
              <>
                <dt>
                  <code>{route}</code>
                </dt>
                <dd>{meaning}</dd>
              </>
            ))}
          </dl>
          <h2>Faults</h2>
          <Knobs of={knobs} />
          <h2>Faults of the back office</h2>
          <Knobs of={backOfficeKnobs} />
          {gateways.map((gateway) => (
            <>
              <h2>Faults of {gateway.title}</h2>
              <Knobs of={gateway.knobs} />
            </>
          ))}
        </main>
      </body>
    </html>
  );
}

function Knobs({ of: knobs }: { readonly of: readonly Knob[] }): VNode {
  return (
    <dl>
      {knobs.map((knob) => (
        <>
          <dt>
            <code>
              {knob.name}: {JSON.stringify(knob.default)}
            </code>
          </dt>
          <dd>{knob.meaning}</dd>
        </>
      ))}
    </dl>
  );
}
