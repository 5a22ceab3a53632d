import fc from 'fast-check';
import { z } from 'zod';

type Schema = Readonly<{
  type?: string;
  const?: unknown;
  enum?: readonly unknown[];
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  items?: Schema;
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
}>;

const LIST_MOST = 4;
const LETTERS_MOST = 40;

/**
 * Inputs in the shape that a channel's own schema asks for: what is added to the contract is fuzzed without being named here.
 * `known`: what a field of that name may well hold, such as the id of a payment there is.
 */
export const shaped = (schema: z.ZodType, known: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<unknown> =>
  arbitraryOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema, known);

function arbitraryOf(schema: Schema, known: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<unknown> {
  const inside = (part: Schema) => arbitraryOf(part, known);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map(inside));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'object':
      return fc.record(Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, part]) => [name, known[name] ?? inside(part)])), {
        requiredKeys: [...(schema.required ?? [])],
      });
    case 'array':
      return fc.array(inside(schema.items ?? {}), { minLength: 1, maxLength: Math.min(schema.maxItems ?? LIST_MOST, LIST_MOST) });
    case 'string':
      return fc.string({ minLength: schema.minLength ?? 0, maxLength: Math.min(schema.maxLength ?? LETTERS_MOST, LETTERS_MOST), unit: 'binary' });
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -1_000, max: Math.min(schema.maximum ?? 1_000_000, 0x7fff_ffff) });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case undefined:
      // A channel that takes nothing.
      return fc.constant(undefined);
    default:
      throw new Error(`expected a kind of input that is known here, got ${JSON.stringify(schema)}`);
  }
}
