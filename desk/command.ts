/** What somebody types at the desk. */
import { parseArgs } from 'node:util';
import { paise, type Paise } from '../domain/money.ts';
import { refundReasons, type RefundReason } from '../domain/payments/refund.ts';
import { caseKinds, type CaseKindName } from '../domain/people/case.ts';

/** What the desk can do. */
export type Command =
  | { readonly name: 'cases'; readonly kind?: CaseKindName }
  | { readonly name: 'case'; readonly caseId: string }
  | {
      readonly name: 'act';
      readonly caseId: string;
      readonly decision: string;
      readonly why: string;
      readonly seen: string;
    }
  | { readonly name: 'cancel'; readonly orderId: string; readonly why: string }
  /** By an order's id, or the number of one of its receipts. */
  | { readonly name: 'order'; readonly of: string }
  | {
      readonly name: 'refund';
      readonly moneyId: string;
      readonly amount: Paise;
      readonly reason: RefundReason;
      readonly dueAgain: boolean;
      readonly why: string;
      readonly seen: string;
    }
  | {
      readonly name: 'credit' | 'release';
      readonly moneyId: string;
      readonly amount: Paise;
      readonly why: string;
      readonly seen: string;
    }
  | { readonly name: 'reissue' | 'revoke'; readonly number: string; readonly why: string }
  | { readonly name: 'accounts' }
  | { readonly name: 'drain' | 'undrain'; readonly account: string; readonly why: string };

export type Typed =
  Command | { readonly name: 'help' } | { readonly name: 'mistake'; readonly because: string };

/** How many words each command has, itself included. */
const places: Readonly<Record<string, number>> = {
  cases: 1,
  accounts: 1,
  case: 2,
  cancel: 2,
  order: 2,
  drain: 2,
  undrain: 2,
  act: 3,
  refund: 3,
  credit: 3,
  release: 3,
  certificate: 3,
};

const mistake = (because: string): Typed => ({ name: 'mistake', because });

export function readCommand(args: readonly string[]): Typed {
  let words: string[];
  let given: {
    kind?: string;
    why?: string;
    seen?: string;
    reason?: string;
    'due-again'?: boolean;
    help?: boolean;
  };
  try {
    ({ positionals: words, values: given } = parseArgs({
      args: [...args],
      options: {
        kind: { type: 'string' },
        why: { type: 'string' },
        seen: { type: 'string' },
        reason: { type: 'string' },
        'due-again': { type: 'boolean' },
        help: { type: 'boolean' },
      },
      allowPositionals: true,
    }));
  } catch (error) {
    return mistake(error instanceof Error ? error.message : String(error));
  }
  const [name = 'help', first, second] = words;
  const { kind, why = '', seen, reason = '', help } = given;
  if (help === true || name === 'help') return { name: 'help' };
  const surplus = words[places[name] ?? words.length];
  if (surplus !== undefined) return mistake(`"${surplus}" is one word too many; a reason stands in quotes`);
  switch (name) {
    case 'cases':
      if (kind === undefined) return { name };
      return isKind(kind)
        ? { name, kind }
        : mistake(`there is no kind "${kind}"; there are ${Object.keys(caseKinds).join(', ')}`);
    case 'case':
      return first === undefined ? mistake('say which case') : { name, caseId: first };
    case 'act':
      if (first === undefined || second === undefined) return mistake('say which case, and what is decided');
      if (seen === undefined) {
        return mistake(`say what you saw, with --seen: npm run desk -- case ${first} shows the stamp`);
      }
      return { name, caseId: first, decision: second, why, seen };
    case 'cancel':
      return first === undefined ? mistake('say which order') : { name, orderId: first, why };
    case 'order':
      return first === undefined ? mistake('say which order, or which receipt') : { name, of: first };
    case 'refund':
    case 'credit':
    case 'release': {
      if (first === undefined || second === undefined) return mistake('say which money, and how many rupees');
      const amount = readRupees(second);
      if (amount === undefined) return mistake(`"${second}" is no amount in rupees, such as 1785 or 1785.50`);
      if (seen === undefined) {
        return mistake(
          'say what you saw, with --seen: npm run desk -- order <order> shows the stamp of its money',
        );
      }
      const ofMoney = { moneyId: first, amount, why, seen };
      if (name !== 'refund') return { name, ...ofMoney };
      if (!isReason(reason)) {
        return mistake(`say the --reason: one of ${Object.keys(refundReasons).join(', ')}`);
      }
      return { name, ...ofMoney, reason, dueAgain: given['due-again'] ?? false };
    }
    case 'certificate':
      if (first !== 'reissue' && first !== 'revoke') return mistake('say reissue or revoke');
      return second === undefined ? mistake('say which certificate') : { name: first, number: second, why };
    case 'accounts':
      return { name };
    case 'drain':
    case 'undrain':
      return first === undefined ? mistake('say which merchant account') : { name, account: first, why };
    default:
      return mistake(`the desk does not know "${name}"`);
  }
}

/** Whole rupees, or with two decimals. */
function readRupees(text: string): Paise | undefined {
  const [, rupees, of = '00'] = /^(\d{1,9})(?:\.(\d\d))?$/.exec(text) ?? [];
  return rupees === undefined ? undefined : paise(Number(rupees) * 100 + Number(of));
}

function isReason(reason: string): reason is RefundReason {
  return Object.hasOwn(refundReasons, reason);
}

function isKind(kind: string): kind is CaseKindName {
  return Object.hasOwn(caseKinds, kind);
}
