/** Alerts and dashboard ask for what is really measured, and somebody who is woken up finds what to do. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import {
  createFigureMetrics,
  createGatewayMetrics,
  createIngressMetrics,
  createOutboundMetrics,
  createPoolMetrics,
  createPurgeMetrics,
  createRegistry,
  createWorkMetrics,
} from '../../platform/metrics.ts';

const folder = join(import.meta.dirname, '../../operations');
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');

const { groups } = z
  .strictObject({
    groups: z.array(
      z.strictObject({
        name: z.string(),
        rules: z.array(
          z.strictObject({
            alert: z.string().regex(/^[A-Z][A-Za-z]+$/),
            expr: z.string(),
            for: z
              .string()
              .regex(/^\d+[mh]$/)
              .optional(),
            labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
            annotations: z.strictObject({ summary: z.string(), runbook: z.string() }),
          }),
        ),
      }),
    ),
  })
  .parse(parse(read('alerts.yml')));
const alerts = groups.flatMap(({ rules }) => rules);

const { panels } = z
  .object({
    panels: z.array(
      z.object({
        id: z.int(),
        type: z.enum(['row', 'timeseries']),
        title: z.string().min(1),
        targets: z.array(z.object({ expr: z.string(), legendFormat: z.string() })).default([]),
      }),
    ),
  })
  .parse(JSON.parse(read('dashboard.json')));

/** Those that are used here, of what the SDK documents (docs.temporal.io/references/sdk-metrics). */
const ofTemporal: Readonly<Record<string, { readonly type: string; readonly labels: readonly string[] }>> = {
  temporal_workflow_task_execution_failed: { type: 'counter', labels: ['task_queue'] },
  temporal_workflow_task_schedule_to_start_latency: { type: 'histogram', labels: ['task_queue'] },
  temporal_activity_schedule_to_start_latency: { type: 'histogram', labels: ['task_queue'] },
  temporal_worker_task_slots_available: { type: 'gauge', labels: ['task_queue', 'worker_type'] },
};

/** Every name under which something can be asked for, with its labels beside those that Prometheus adds. */
const known = new Map<string, readonly string[]>();
const addKnown = (name: string, type: string, labels: readonly string[]): void => {
  const all = [...labels, 'job', 'instance'];
  if (type !== 'histogram') known.set(name, all);
  else {
    for (const part of ['sum', 'count']) known.set(`${name}_${part}`, all);
    known.set(`${name}_bucket`, [...all, 'le']);
  }
};

const registry = createRegistry();
createIngressMetrics(registry);
createGatewayMetrics(registry);
createOutboundMetrics(registry);
createWorkMetrics(registry);
createPoolMetrics(registry);
createPurgeMetrics(registry);
createFigureMetrics(registry, () => Promise.reject(new Error('nobody asks')));
const ours = registry.getMetricsAsArray() as unknown as readonly {
  readonly name: string;
  readonly type: string;
  readonly labelNames?: readonly string[];
}[];
for (const { name, type, labelNames = [] } of ours) addKnown(name, type, labelNames);
for (const [name, { type, labels }] of Object.entries(ofTemporal)) addKnown(name, type, labels);
addKnown('up', 'gauge', []);

/** What an expression asks for: names of metrics, and labels by which it chooses or groups. */
function asksFor(expr: string): { readonly metrics: readonly string[]; readonly labels: readonly string[] } {
  const metrics: string[] = [];
  const labels: string[] = [];
  parser
    .configure({ strict: true })
    .parse(expr)
    .iterate({
      enter({ name, from, to }) {
        if (name === 'Identifier') metrics.push(expr.slice(from, to));
        if (name === 'LabelName') labels.push(expr.slice(from, to));
      },
    });
  return { metrics, labels };
}

const expressions = [
  ...alerts.map(({ alert, expr }) => [alert, expr] as const),
  ...panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
];

test.each(expressions)('%s asks in PromQL for what is measured: %s', (_name, expr) => {
  const { metrics, labels } = asksFor(expr);
  expect(metrics).not.toEqual([]);
  expect(metrics.filter((name) => !known.has(name))).toEqual([]);
  const labelled = metrics.flatMap((name) => known.get(name) ?? []);
  expect(labels.filter((label) => !labelled.includes(label))).toEqual([]);
});

test('an expression that is no PromQL does not pass', () => {
  expect(() => asksFor('sum(rate(up[5m])')).toThrow(SyntaxError);
});

describe('alerts', () => {
  const runbook = read('README.md');
  const sections = [...runbook.matchAll(/^## (\w+)$/gm)].map(([, title = '']) => title);

  test('each has a section of the runbook, to which it leads, and no section is of none', () => {
    expect(sections).toEqual(alerts.map(({ alert }) => alert));
    for (const { alert, annotations } of alerts)
      expect(annotations.runbook).toBe(`operations/README.md#${alert.toLowerCase()}`);
  });

  test('what a summary names of its alert is a label that the alert has', () => {
    for (const { expr, annotations } of alerts) {
      const { metrics } = asksFor(expr);
      const labelled = metrics.flatMap((name) => known.get(name) ?? []);
      for (const [, label = ''] of annotations.summary.matchAll(/\$labels\.(\w+)/g))
        expect(labelled, annotations.summary).toContain(label);
    }
  });
});

describe('the dashboard', () => {
  test('has an id of its own for every panel, and its legends name labels that are grouped by', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    for (const { expr, legendFormat } of panels.flatMap(({ targets }) => targets)) {
      const { labels } = asksFor(expr);
      for (const [, label = ''] of legendFormat.matchAll(/{{(\w+)}}/g)) expect(labels, expr).toContain(label);
    }
  });

  test('shows or alerts on everything that we measure ourselves', () => {
    const defaults = new Registry();
    collectDefaultMetrics({ register: defaults });
    const own = ours.filter(({ name }) => !defaults.getSingleMetric(name)).map(({ name }) => name);
    const asked = expressions.flatMap(([, expr]) => asksFor(expr).metrics);
    expect(own.filter((name) => !asked.some((each) => each.startsWith(name)))).toEqual([]);
  });
});
