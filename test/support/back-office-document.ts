/** docs/back-office.openapi.yaml, to hold answers, requests and its own examples against. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { isDate } from '../../domain/calendar.ts';

interface Content {
  readonly content: {
    readonly 'application/json': {
      readonly schema: object;
      readonly example?: unknown;
      readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
    };
  };
}
interface Operation {
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const file = join(import.meta.dirname, '../../docs/back-office.openapi.yaml');
const document = parse(readFileSync(file, 'utf8')) as Document;
export const { openapi } = document;

const isInstant = (text: string): boolean => isDate(text.slice(0, 10)) && !Number.isNaN(Date.parse(text));
const ajv = new Ajv2020({ allErrors: true, formats: { date: isDate, 'date-time': isInstant } });
ajv.addVocabulary(['openapi', 'info', 'servers', 'security', 'paths', 'components']);
ajv.addSchema(document, 'document');

export interface DocumentedOperation {
  /** By HTTP status, in the order of the document. */
  readonly examples: readonly (readonly [status: number, value: unknown])[];
  readonly requestExamples: readonly unknown[];
  /** What is wrong with an answer, by the document. */
  readonly problems: (status: number, body: unknown) => unknown;
  readonly requestProblems: (body: unknown) => unknown;
}

export function operation(method: 'get' | 'put', path: string): DocumentedOperation {
  const described = document.paths[path]?.[method];
  if (!described) throw new Error(`${method} ${path} is not documented`);

  function validate(place: string, body: unknown): unknown {
    const address = `paths/${path.replaceAll('/', '~1')}/${method}/${place}/content/application~1json/schema`;
    const check = ajv.getSchema(`document#/${address.replaceAll('{', '%7B').replaceAll('}', '%7D')}`);
    if (check === undefined) return undefined;
    return check(body) === true ? [] : check.errors;
  }

  return {
    examples: Object.entries(described.responses).flatMap(([status, content]) =>
      examplesOf(content).map((value) => [Number(status), value] as const),
    ),
    requestExamples: described.requestBody ? examplesOf(described.requestBody) : [],
    problems: (status, body) => validate(`responses/${status}`, body) ?? `HTTP ${status} is not documented`,
    requestProblems: (body) => validate('requestBody', body) ?? 'no request body is documented',
  };
}

function examplesOf({ content }: Content): unknown[] {
  const { example, examples = {} } = content['application/json'];
  return [...(example === undefined ? [] : [example]), ...Object.values(examples).map(({ value }) => value)];
}
