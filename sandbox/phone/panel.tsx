/** The panel beside the phone: what this citizen's WhatsApp does, and how the network and the back office misbehave. */
import type { ComponentChildren, VNode } from 'preact';
import { wrongAnswers, type BackOfficeFaults } from '../back-office/faults.ts';
import { failures, statusKinds, type Faults } from '../graph/faults.ts';
import type { Citizen } from '../graph/model.ts';

interface NumberKnob {
  readonly name: keyof Faults | keyof BackOfficeFaults;
  readonly label: string;
  readonly max: number;
  readonly step?: number;
}

const graphKnobs: readonly (NumberKnob & { readonly name: keyof Faults })[] = [
  { name: 'latencyMs', label: 'Slower by, ms', max: 60_000, step: 100 },
  { name: 'latencyJitterMs', label: 'and up to, ms', max: 60_000, step: 100 },
  { name: 'throughput', label: 'Sends a second, 0: no limit', max: 1_000 },
];
const webhookKnobs: readonly (NumberKnob & { readonly name: keyof Faults })[] = [
  { name: 'duplicateWebhooks', label: 'Each is posted, times', max: 20 },
  { name: 'webhookDelayMs', label: 'Later by, ms', max: 600_000, step: 100 },
  { name: 'batchWebhooks', label: 'Batches of, ms', max: 600_000, step: 100 },
];

function NumberField({ knob, value }: { readonly knob: NumberKnob; readonly value: number }): VNode {
  return (
    <label class="field">
      <span>{knob.label}</span>
      <input
        type="number"
        name={knob.name}
        min={knob.name === 'duplicateWebhooks' ? 1 : 0}
        max={knob.max}
        step={knob.step ?? 1}
        value={value}
        data-kind="number"
      />
    </label>
  );
}

function Toggle(props: {
  readonly name: string;
  readonly kind: string;
  readonly on: boolean;
  readonly children: ComponentChildren;
}): VNode {
  return (
    <label class="field">
      <span>{props.children}</span>
      <input type="checkbox" role="switch" name={props.name} data-kind={props.kind} checked={props.on} />
    </label>
  );
}

const failureWords: Readonly<Record<(typeof failures)[number], string>> = {
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

const wrongWords: Readonly<Record<(typeof wrongAnswers)[number], string>> = {
  none: 'as documented',
  shape: 'rupees for paise',
  number: 'another property',
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
      <label class="field wide">
        <span>Answers</span>
        <select name="wrong" data-kind="text">
          {wrongAnswers.map((wrong) => (
            <option value={wrong} selected={wrong === faults.wrong}>
              {wrongWords[wrong]}
            </option>
          ))}
        </select>
      </label>
    </details>
  );
}

export function Panel({
  citizen,
  faults,
  backOffice,
  windowOpen,
}: {
  readonly citizen: Citizen;
  readonly faults: Faults;
  readonly backOffice: BackOfficeView | undefined;
  readonly windowOpen: boolean;
}): VNode {
  const dropped = (kind: (typeof statusKinds)[number]): boolean =>
    faults.dropStatuses === 'all' || faults.dropStatuses.includes(kind);
  return (
    <>
      <section aria-labelledby="wire-title" class="wire">
        <h2 id="wire-title">Webhooks</h2>
        <p role="status">
          <span class="lamp" id="lamp" data-answer="" />
          <span id="wire" data-testid="wire">
            …
          </span>
        </p>
      </section>
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
          <label class="field wide">
            <span>How</span>
            <select name="failWith" data-kind="text">
              {failures.map((failure) => (
                <option value={failure} selected={failure === faults.failWith}>
                  {failureWords[failure]}
                </option>
              ))}
            </select>
          </label>
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
        <div class="actions">
          <button type="button" data-action="reset-faults" data-testid="reset-faults">
            Behave again
          </button>
          <button type="button" class="danger" data-action="clear-chats">
            Clear all chats
          </button>
        </div>
      </form>
    </>
  );
}
