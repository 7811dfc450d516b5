/** The panel beside the phone: what this citizen's WhatsApp does, and how the network and the other stand-ins misbehave. */
import type { VNode } from 'preact';
import { accountKinds, type AccountKind } from '../../domain/accounts/kinds.ts';
import type { BackOfficeFaults } from '../back-office/faults.ts';
import type { Sample } from '../city/samples.ts';
import { statusKinds, type Failure, type Faults } from '../graph/faults.ts';
import type { Citizen } from '../graph/model.ts';
import type { GatewayStandIn } from '../kit/gateway.ts';
import { NumberField, Select, Toggle, type NumberKnob } from './fields.tsx';

const graphKnobs: readonly (NumberKnob & { readonly name: keyof Faults })[] = [
  { name: 'latencyMs', label: 'Slower by, ms', max: 60_000, step: 100 },
  { name: 'latencyJitterMs', label: 'and up to, ms', max: 60_000, step: 100 },
  { name: 'throughput', label: 'Sends a second, 0: no limit', max: 1_000 },
];
const webhookKnobs: readonly (NumberKnob & { readonly name: keyof Faults })[] = [
  { name: 'duplicateWebhooks', label: 'Each is posted, times', min: 1, max: 20 },
  { name: 'webhookDelayMs', label: 'Later by, ms', max: 600_000, step: 100 },
  { name: 'batchWebhooks', label: 'Batches of, ms', max: 600_000, step: 100 },
];

const failureWords: Readonly<Record<Failure, string>> = {
  http429: 'HTTP 429, code 130429',
  '131056': 'pair limit, 131056',
  http500: 'HTTP 500, code 131000',
  http503html: 'HTTP 503, a web page',
  timeout: 'no answer at all',
  answerLost: 'sent, answer lost',
  reset: 'connection reset',
};

export interface BackOfficeView {
  readonly faults: BackOfficeFaults;
  /** Whether the bot asks it. */
  readonly inUse: boolean;
}

const wrongWords: Readonly<Record<BackOfficeFaults['wrong'], string>> = {
  none: 'as documented',
  shape: 'rupees for paise',
  number: 'another account',
  html404: 'a page, HTTP 404',
};

/** Its knobs go to an address of their own. */
function BackOffice({ faults, inUse }: BackOfficeView): VNode {
  return (
    <details open={inUse} data-testid="back-office" data-faults="/sandbox/back-office/faults">
      <summary>Back office</summary>
      {!inUse && <p class="remark">Not asked: without BACK_OFFICE_URL the own register answers.</p>}
      <Toggle name="down" kind="boolean" on={faults.down}>
        Down
      </Toggle>
      <NumberField
        knob={{ name: 'latencyMs', label: 'Slower by, ms', max: 60_000, step: 100 }}
        value={faults.latencyMs}
      />
      <Toggle name="http500" kind="boolean" on={faults.http500}>
        Fails, HTTP 500
      </Toggle>
      <Select name="wrong" label="Answers" words={wrongWords} value={faults.wrong} />
      <Toggle name="refuseReceipts" kind="boolean" on={faults.refuseReceipts}>
        Refuses receipts
      </Toggle>
    </details>
  );
}

const kindWords: Readonly<Record<AccountKind, string>> = {
  property: 'Properties',
  licence: 'Trade licences',
  stall: 'Market stalls',
};

/** What to write and where to look, for the first minute. */
function FirstSteps({
  citizen,
  numbers,
}: {
  readonly citizen: Citizen;
  readonly numbers: readonly Sample[];
}): VNode {
  return (
    <section aria-labelledby="try-title" class="try">
      <h2 id="try-title">Numbers to try</h2>
      {numbers.length === 0 && <p class="remark">The register is empty: npm run city fills it.</p>}
      {accountKinds.map((kind) => {
        const ofKind = numbers.filter(({ of }) => of === kind);
        return (
          ofKind.length > 0 && (
            <details open={kind === 'property'}>
              <summary>{kindWords[kind]}</summary>
              <ul>
                {ofKind.map(({ number, shows }) => (
                  <li>
                    <button
                      type="button"
                      data-action="say"
                      data-say={JSON.stringify({ text: number })}
                      data-testid="number"
                    >
                      <b>{number}</b> {shows}
                    </button>
                  </li>
                ))}
              </ul>
            </details>
          )
        );
      })}
      <p class="remark">
        <a href={`/phone/${citizen.id}/workflows`} target="_blank" rel="noreferrer" data-testid="workflows">
          {citizen.name} in the Temporal Web UI
        </a>
      </p>
    </section>
  );
}

export function Panel({
  citizen,
  numbers,
  faults,
  backOffice,
  gateways,
  windowOpen,
}: {
  readonly citizen: Citizen;
  readonly numbers: readonly Sample[];
  readonly faults: Faults;
  readonly backOffice: BackOfficeView | undefined;
  readonly gateways: readonly GatewayStandIn[];
  readonly windowOpen: boolean;
}): VNode {
  const dropped = (kind: (typeof statusKinds)[number]): boolean =>
    faults.dropStatuses === 'all' || faults.dropStatuses.includes(kind);
  return (
    <>
      <FirstSteps citizen={citizen} numbers={numbers} />
      <section aria-labelledby="wire-title" class="wire">
        <h2 id="wire-title">Webhooks</h2>
        <p role="status">
          <span class="lamp" id="lamp" data-answer="" />
          <span id="wire" data-testid="wire">
            …
          </span>
        </p>
      </section>
      <details class="misbehaviour">
        <summary data-testid="misbehaviour">Make things go wrong</summary>
        <details open>
          <summary>This citizen</summary>
          <form id="citizen-form" autoComplete="off">
            <Toggle name="readsMessages" kind="boolean" on={citizen.readsMessages}>
              Reads what arrives
            </Toggle>
            <Toggle name="windowOpen" kind="boolean" on={windowOpen}>
              24-hour window is open
            </Toggle>
          </form>
          <div class="actions">
            <button type="button" data-action="say" data-say='{"changeNumber":true}'>
              Change number
            </button>
            <button type="button" data-action="say" data-say='{"unsupported":true}'>
              Send a poll
            </button>
          </div>
        </details>
        <form id="faults-form" data-testid="faults" data-faults="/sandbox/faults" autoComplete="off">
          <details open>
            <summary>Graph API</summary>
            <Toggle name="down" kind="boolean" on={faults.down}>
              Down
            </Toggle>
            <label class="field">
              <span>The next sends fail</span>
              <input
                type="number"
                name="failNext"
                min={0}
                max={1000}
                value={faults.failNext}
                data-kind="number"
              />
            </label>
            <label class="field">
              <span>Share that fails</span>
              <input
                type="number"
                name="failRate"
                min={0}
                max={1}
                step={0.05}
                value={faults.failRate}
                data-kind="number"
              />
            </label>
            <Select name="failWith" label="How" words={failureWords} value={faults.failWith} />
            {graphKnobs.map((knob) => (
              <NumberField knob={knob} value={Number(faults[knob.name])} />
            ))}
            <Toggle name="pairLimit" kind="boolean" on={faults.pairLimit}>
              Limit to one citizen (131056)
            </Toggle>
          </details>
          <details open>
            <summary>Webhooks misbehave</summary>
            {webhookKnobs.map((knob) => (
              <NumberField knob={knob} value={Number(faults[knob.name])} />
            ))}
            <label class="field">
              <span>Shuffled within, ms</span>
              <input
                type="number"
                name="reorderWebhooks"
                min={0}
                max={60_000}
                step={100}
                value={faults.reorderWebhooks?.windowMs ?? 0}
                data-kind="window"
              />
            </label>
            <fieldset class="field wide">
              <legend>Statuses that never come</legend>
              {statusKinds.map((kind) => (
                <label>
                  <input
                    type="checkbox"
                    name="dropStatuses"
                    value={kind}
                    data-kind="list"
                    checked={dropped(kind)}
                  />
                  {kind}
                </label>
              ))}
            </fieldset>
          </details>
          {backOffice && <BackOffice {...backOffice} />}
          {gateways.map((gateway) => gateway.section())}
          <div class="actions">
            <button type="button" data-action="reset-faults" data-testid="reset-faults">
              Behave again
            </button>
            <button type="button" class="danger" data-action="clear-chats">
              Clear all chats
            </button>
          </div>
        </form>
      </details>
    </>
  );
}
