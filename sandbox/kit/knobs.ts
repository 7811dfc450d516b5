/** The knobs of a stand-in, told to people: out of the schema that checks them. */
import type { z } from 'zod';

export interface Knob {
  readonly name: string;
  readonly default: unknown;
  readonly meaning: string;
}

export function knobsOf({ shape }: z.ZodObject): readonly Knob[] {
  return Object.entries(shape).map(([name, schema]) => ({
    name,
    default: (schema as z.ZodType).parse(undefined),
    meaning: (schema as z.ZodType).description ?? '',
  }));
}
