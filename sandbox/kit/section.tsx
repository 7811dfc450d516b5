/** A gateway's section of the panel: how it misbehaves, and the payments that wait for somebody to decide them. */
import type { ComponentChildren, VNode } from 'preact';
import type { Misbehaving, Traits } from './behaviour.ts';
import { callbackWords } from './page.tsx';
import { NumberField, Select, Toggle, type NumberKnob } from '../phone/fields.tsx';

type Faults = Misbehaving<Traits>['current'];

interface Section {
  /** `billdesk` */
  readonly name: string;
  readonly title: string;
  /** Whether the house pays here. */
  readonly inUse: boolean;
  readonly faults: Faults;
  /** Each of its forgeries in words. */
  readonly forgeries: Readonly<Record<string, string>>;
  /** The fields of faults that only it has. */
  readonly children?: ComponentChildren;
}

const lostWords: Readonly<Record<Faults['createAnswer'], string>> = {
  none: 'are answered',
  cut: 'made, answer cut off',
  silent: 'made, never answered',
};

const answerWords: Readonly<Record<Faults['queryAnswer'], string>> = {
  usual: 'are answered',
  nothing: 'say nothing',
  notFound: 'find nothing',
};

const refundWords: Readonly<Record<Faults['refundOutcome'], string>> = {
  processed: 'are sent at once',
  pending: 'stay pending',
  pendingThenProcessed: 'pending, then sent',
  pendingThenFailed: 'pending, then failed',
  failed: 'fail',
  refused: 'are refused',
};

const refundWebhookWords: Readonly<Record<Faults['refundWebhook'], string>> = {
  afterAnswer: 'after the answer',
  beforeAnswer: 'before the answer',
  never: 'never',
};

/** The names of the knobs that are numbers, so that a field without a knob does not compile. */
type NumberName = {
  [K in keyof Faults]: Faults[K] extends number ? K : never;
}[keyof Faults];

const numberKnobs: readonly (NumberKnob & { readonly name: NumberName })[] = [
  { name: 'webhookCopies', label: 'Each is posted, times', min: 1, max: 20 },
  { name: 'webhookDelayMs', label: 'Later by, ms', max: 600_000, step: 100 },
  { name: 'settleAfterMs', label: '“Then” comes after, ms', max: 600_000, step: 100 },
  { name: 'sessionMs', label: 'New orders last, ms', max: 86_400_000, step: 1_000 },
];

export function GatewaySection({ name, title, inUse, faults, forgeries, children }: Section): VNode {
  return (
    <details open={inUse} data-testid={name} data-faults={`/sandbox/${name}/faults`}>
      <summary>{title}</summary>
      {!inUse && <p class="remark">Not asked: {name.toUpperCase()}_API_URL leads elsewhere.</p>}
      <Toggle name="down" kind="boolean" on={faults.down}>
        Down
      </Toggle>
      <NumberField
        knob={{ name: 'latencyMs', label: 'Slower by, ms', max: 60_000, step: 100 }}
        value={faults.latencyMs}
      />
      <Toggle name="http500" kind="boolean" on={faults.http500}>
        Fails, error 500
      </Toggle>
      <Select name="createAnswer" label="New orders" words={lostWords} value={faults.createAnswer} />
      <Select name="queryAnswer" label="Queries" words={answerWords} value={faults.queryAnswer} />
      <Toggle name="pageMoves" kind="boolean" on={faults.pageMoves}>
        Page leads to another host
      </Toggle>
      <Select name="webhook" label="Webhooks come" words={callbackWords} value={faults.webhook} />
      {children}
      {numberKnobs.map((knob) => (
        <NumberField knob={knob} value={faults[knob.name]} />
      ))}
      <Toggle name="webhookOutOfOrder" kind="boolean" on={faults.webhookOutOfOrder}>
        Pending after its outcome
      </Toggle>
      <Toggle name="webhookOnce" kind="boolean" on={faults.webhookOnce}>
        Nothing after “pending”
      </Toggle>
      <Toggle name="returnForm" kind="boolean" on={faults.returnForm}>
        Browser is sent back
      </Toggle>
      <Select name="forge" label="Wrong in them" words={forgeries} value={faults.forge} />
      <Toggle name="forgeQuery" kind="boolean" on={faults.forgeQuery}>
        and in queries
      </Toggle>
      <Toggle name="doubleSuccess" kind="boolean" on={faults.doubleSuccess}>
        Can be paid twice
      </Toggle>
      <Select name="refundOutcome" label="Refunds" words={refundWords} value={faults.refundOutcome} />
      <Select name="refundAnswer" label="Requests for them" words={lostWords} value={faults.refundAnswer} />
      <Select
        name="refundWebhook"
        label="Webhooks of refunds"
        words={refundWebhookWords}
        value={faults.refundWebhook}
      />
      <ul
        class="pending"
        data-gateway={name}
        data-testid={`${name}-pending`}
        aria-label={`Pending payments at ${title}`}
      />
    </details>
  );
}
