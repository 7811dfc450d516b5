/** What the desk prints: for people, aligned, in a terminal of any width. */
import type { CaseFile, OrderFile } from '../database/people/case-file.ts';
import type { AccountUse } from '../database/payments/pool.ts';
import { minuteInKolkata } from '../domain/calendar.ts';
import { paise } from '../domain/money.ts';
import { circuitAt, healthAt, unknownHealth, type AccountHealth } from '../domain/payments/health.ts';
import { refundReasons } from '../domain/payments/refund.ts';
import { caseKinds, decisionsOf, type CaseRecord } from '../domain/people/case.ts';
import type { KnownAccount } from '../gateways/pool.ts';
import { formatMoney } from '../texts/format.ts';

export const usage = `Usage: npm run desk -- <command>

  cases [--kind <kind>]                               what waits for a person, the first to be due first
  case <id>                                           one case: what happened, and what can be decided
  act <id> <decision> --why "…" --seen <stamp>        decides; the stamp is that of the case as you saw it
  order <order or receipt>                            one order: what came for it, and what of that can go back
  refund <money> <rupees> --reason <reason> [--due-again] --why "…" --seen <stamp>
                                                      asks that money goes back; another person has to agree. The money
                                                      and its stamp are those that "order" shows; with --due-again the
                                                      bills that were paid with it are due again
  credit <money> <rupees> --why "…" --seen <stamp>    excess becomes credit of its account and pays the next bills there; nothing
                                                      goes back, so one person is enough
  release <money> <rupees> --why "…" --seen <stamp>   unused credit becomes excess again, and can go back
  cancel <order> --why "…"                            ends an order that is not paid
  certificate reissue|revoke <number> --why "…"       replaces a certificate, or takes it out of force
  accounts                                            merchant accounts: weight, health, and their share of the last hour
  drain|undrain <account> --why "…"                   keeps new payments from a merchant account, or lets them come again
  help                                                this text

Reasons for a refund: ${Object.keys(refundReasons).join(', ')}.
Who acts stands in DESK_PERSON, and for what in DESK_ROLES. Exit codes: 0 done, 1 failed, 2 refused.
`;

export function caseList(cases: readonly CaseRecord[], now: number): string {
  if (cases.length === 0) return 'Nothing waits for a person.\n';
  const rows = cases.map(({ id, kind, amount, openedAt, dueAt }) => [
    id,
    kind,
    caseKinds[kind].role,
    amount === undefined ? '' : money(amount),
    minuteInKolkata(openedAt),
    due(dueAt, now),
  ]);
  const waiting = cases.length === 1 ? 'One case waits.' : `${cases.length} cases wait.`;
  return `${table([['case', 'kind', 'for', 'amount', 'since', 'due'], ...rows])}\n${waiting} Look at one: npm run desk -- case <id>\n`;
}

export function caseText(file: CaseFile, now: number): string {
  const { case: shown, order, renewal, words } = file;
  const { id, kind, reason, amount, openedAt, dueAt, subject, subjectId, details, seen, end } = shown;
  const { title, role } = caseKinds[kind];
  return [
    `${title}\n`,
    table([
      ['case', id],
      ['kind', kind],
      ['reason', reason],
      ...(amount === undefined ? [] : [['amount', money(amount)]]),
      ['about', `${subject} ${subjectId}`],
      ['since', minuteInKolkata(openedAt)],
      ...(end ? [] : [['due', due(dueAt, now)]]),
      ['for', role],
      ...factsOf(details),
    ]),
    ...(renewal ? ['\nThe renewal\n', table(renewalFacts(renewal))] : []),
    ...(order ? ['\n', orderText(order)] : []),
    ...(words.length > 0
      ? [
          '\nWords of gateways that were kept\n',
          table(
            words.map(({ id: number, gateway, source, reference, receivedAt }) => [
              number,
              minuteInKolkata(receivedAt),
              gateway,
              source,
              reference ?? '',
            ]),
          ),
        ]
      : []),
    ...(end
      ? ['\nClosed\n', table(endFacts(end))]
      : [
          '\nWhat can be decided\n',
          table(Object.entries(decisionsOf(kind))),
          `\nnpm run desk -- act ${id} <decision> --why "…" --seen ${seen}\n`,
        ]),
  ].join('');
}

/** Accounts of the settings and of the books: one that is left out of the settings takes no new payments. */
export function accountList(
  given: readonly KnownAccount[],
  used: readonly AccountUse[],
  now: number,
): string {
  const ids = [...new Set([...given, ...used].map(({ id }) => id))].sort();
  if (ids.length === 0) return 'No merchant account is given, and none was ever used.\n';
  const all = used.reduce((sum, { attempts }) => sum + attempts, 0);
  const rows = ids.map((id) => {
    const account = given.find((each) => each.id === id);
    const use = used.find((each) => each.id === id);
    const health = use?.health ?? unknownHealth;
    return [
      id,
      account?.gateway ?? use?.gateway ?? '',
      account === undefined ? 'not given' : account.weight === 0 ? 'reserve' : String(account.weight),
      account?.most === undefined ? '' : money(account.most),
      String(Math.round(healthAt(health, now) * 100) / 100),
      health.loweredAt === null ? '' : minuteInKolkata(health.loweredAt),
      circuitOf(health, now),
      share(use?.attempts ?? 0, all),
      use?.drained ? `${minuteInKolkata(use.drained.at)}, ${use.drained.who}: ${use.drained.why}` : '',
    ];
  });
  const head = [
    'account',
    'gateway',
    'weight',
    'at most',
    'health',
    'lowered',
    'circuit',
    'last hour',
    'drained',
  ];
  return table([head, ...rows]);
}

function circuitOf(health: AccountHealth, now: number): string {
  const circuit = circuitAt(health, now);
  return circuit === 'open' && health.shutUntil !== null
    ? `open until ${minuteInKolkata(health.shutUntil).slice(11)}`
    : circuit;
}

const share = (attempts: number, all: number): string =>
  all === 0 ? '' : `${attempts} (${Math.round((100 * attempts) / all)} %)`;

function renewalFacts({
  licence,
  years,
  state,
  appliedAt,
  payment,
  certificate,
}: NonNullable<CaseFile['renewal']>): string[][] {
  return [
    ['licence', licence.number],
    ['trade', licence.trade],
    ['valid until', licence.validUntil],
    ['years', String(years)],
    ['state', state],
    ['since', minuteInKolkata(appliedAt)],
    ...(payment ? [['to pay', `${money(payment.amount)} until ${minuteInKolkata(payment.expiresAt)}`]] : []),
    ...(certificate ? [['certificate', `${certificate.number}, valid until ${certificate.validUntil}`]] : []),
  ];
}

export function orderText(file: OrderFile): string {
  const { money: moneys, refunds } = file;
  return [
    'The order\n',
    table(orderFacts(file)),
    ...(moneys.length > 0
      ? [
          '\nIts money\n',
          table([
            [
              'money',
              'came',
              'pays bills',
              'can go back',
              'of it excess',
              'is credit',
              'of it unused',
              'stamp',
            ],
            ...moneys.map(
              ({ id, amount, allocated, refundable, excess, credited, creditLeft, isDisputed, seen }) => [
                id,
                money(amount),
                money(allocated),
                isDisputed ? 'disputed' : money(refundable),
                money(excess),
                money(credited),
                money(creditLeft),
                seen,
              ],
            ),
          ]),
        ]
      : []),
    ...(refunds.length > 0
      ? [
          '\nIts refunds\n',
          table([
            ['refund', 'of money', 'amount', 'state', 'asked for by', 'agreed by', 'credit note'],
            ...refunds.map(({ reference, moneyId, amount, state, requestedBy, approvedBy, creditNote }) => [
              reference,
              moneyId,
              money(amount),
              state,
              requestedBy,
              approvedBy ?? '',
              creditNote ?? '',
            ]),
          ]),
        ]
      : []),
  ].join('');
}

function orderFacts({ order, standing }: OrderFile): string[][] {
  return [
    ['order', order.id],
    ['for', `${order.service} ${order.account.number}`],
    ['amount', money(order.amount)],
    ...(order.credit === undefined ? [] : [['by credit', money(order.credit)]]),
    ['made', minuteInKolkata(order.createdAt)],
    ['state', standing.state],
    ...standing.attempts.map(({ reference, gateway, merchant, state, reason, openedAt }) => [
      'attempt',
      `${gateway} ${merchant} ${reference}, ${minuteInKolkata(openedAt)}: ${state}${reason === undefined ? '' : ` (${reason})`}`,
    ]),
    ...standing.receipts.map(({ number, amount, byCredit, paidAt }) => [
      'receipt',
      `${number}, ${money(amount)}${byCredit === undefined ? '' : ` (${money(byCredit)} by credit)`}, ${minuteInKolkata(paidAt)}`,
    ]),
    ...standing.excess.map(({ amount }) => ['excess', money(amount)]),
    ...(standing.credits ?? []).map(({ id, amount }) => ['credit', `${id}, ${money(amount)}`]),
  ];
}

function endFacts({ at, by, decision, why }: NonNullable<CaseRecord['end']>): string[][] {
  return [
    ['on', minuteInKolkata(at)],
    ['by', by ?? 'a later fact, without anybody'],
    ['decision', decision],
    ['why', why],
  ];
}

/** The details of a case, whatever its kind; what is nested is written as JSON. */
function factsOf(details: CaseRecord['details']): string[][] {
  return Object.entries(details)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
}

function due(dueAt: number, now: number): string {
  return `${minuteInKolkata(dueAt)}${dueAt < now ? ', overdue' : ''}`;
}

function money(amount: number): string {
  return formatMoney(paise(amount), 'en');
}

/** Columns as wide as their widest cell. What came from outside cannot steer the terminal. */
function table(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map((cell) => cell.replace(/\p{Cc}/gu, ' ')));
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  return cells
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
    .join('\n')
    .concat('\n');
}
