import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { parse } from 'yaml';

type Json = Record<string, unknown>;
export type Exchange = Readonly<{
  method: string;
  path: string;
  headers: Readonly<Record<string, string>>;
  body: string | null;
  status: number;
  answer: string;
}>;

/** The file of each version in a folder with Dojo's specifications. */
export const SPECIFICATION_FILES: Readonly<Record<string, string>> = {
  '2022-04-07': '2022-04-07.yaml',
  '2024-02-05': '2024-02-05.yaml',
  '2025-09-10': '2025-09-10.yaml',
  '2026-02-27': '2026-02-27.json',
};
export const SPECIFIED_VERSIONS = Object.keys(SPECIFICATION_FILES);

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** OpenAPI 3.0 says `nullable` where JSON Schema says null; examples and `x-` words are not for a validator. */
function asJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asJsonSchema);
  if (!isObject(value)) return value;
  const { nullable, ...rest } = value;
  const entries = Object.entries(rest).filter(([name, part]) => !name.startsWith('x-') && !(name === 'example' && !isObject((part as Json)?.properties)));
  const schema = Object.fromEntries(entries.map(([name, part]) => [name, asJsonSchema(part)]));
  // A page is "all of" a page and an empty object that forbids every field: meant is the page.
  if (Array.isArray(schema.allOf)) for (const part of schema.allOf) if (isObject(part) && !part.properties) delete part.additionalProperties;
  return nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema;
}

/** Checks what was said against one version of Dojo's specification. */
export function openSpecification(folder: string, version: string) {
  const file = SPECIFICATION_FILES[version];
  if (!file) throw new Error(`expected a version with a file, got ${version}`);
  const specification = asJsonSchema(parse(readFileSync(join(folder, file), 'utf8'))) as Json;
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addFormat('timespan', /^(\d{1,2}\.)?\d{2}:\d{2}:\d{2}$/);
  const compiled = new Map<unknown, ValidateFunction>();

  const at = (...keys: readonly string[]): unknown => keys.reduce<unknown>((found, key) => (isObject(found) ? found[key] : undefined), specification);
  const resolved = (part: unknown): unknown => (isObject(part) && typeof part.$ref === 'string' ? at(...part.$ref.replace(/^#\//, '').split('/')) : part);
  const faultsOf = (schema: unknown, json: unknown): readonly string[] => {
    if (!isObject(schema)) return ['no schema'];
    const validate = compiled.get(schema) ?? ajv.compile({ ...schema, components: specification.components });
    compiled.set(schema, validate);
    return validate(json) ? [] : (validate.errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
  };

  function operationOf({ method, path }: Exchange): Json | null {
    const asked = path.split('?')[0] ?? '';
    const paths = Object.keys(at('paths') as Json).sort((a, b) => a.split('{').length - b.split('{').length);
    const template = paths.find((candidate) => new RegExp(`^${candidate.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(asked));
    const operation = template ? at('paths', template, method.toLowerCase()) : null;
    return isObject(operation) ? operation : null;
  }

  function requestFaults(exchange: Exchange, operation: Json): readonly string[] {
    const headers = new Map(Object.entries(exchange.headers).map(([name, value]) => [name.toLowerCase(), value]));
    const parameters = (Array.isArray(operation.parameters) ? operation.parameters : []).map(resolved).filter(isObject);
    const query = new URLSearchParams(exchange.path.split('?')[1] ?? '');
    const inHeaders = parameters
      .filter((parameter) => parameter.in === 'header')
      .flatMap(({ name, required, schema }) => {
        const value = headers.get(String(name).toLowerCase());
        if (value === undefined) return required ? [`header ${name} is missing`] : [];
        return faultsOf(schema, value).map((fault) => `header ${name}${fault}`);
      });
    const known = new Set(parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name));
    const inQuery = [...query.keys()].filter((name) => !known.has(name)).map((name) => `query ${name} is not there`);
    if (!operation.requestBody) return [...inHeaders, ...inQuery, ...(exchange.body === null ? [] : ['there is no body'])];
    const schema = (resolved(operation.requestBody) as { content?: Record<string, Json> }).content?.['application/json']?.schema;
    const inBody = exchange.body === null ? [' is missing'] : faultsOf(schema, JSON.parse(exchange.body));
    return [...inHeaders, ...inQuery, ...inBody.map((fault) => `body${fault}`)];
  }

  return {
    /** What is wrong with an answer; with `request`, with what was asked too. */
    faults(exchange: Exchange, { request = true } = {}): readonly string[] {
      const operation = operationOf(exchange);
      if (!operation) return ['there is no such operation'];
      const answer = resolved(isObject(operation.responses) ? operation.responses[String(exchange.status)] : undefined);
      const asked = request ? requestFaults(exchange, operation) : [];
      if (!isObject(answer)) return [...asked, `the status ${exchange.status} is not documented`];
      const content = answer.content as Record<string, Json> | undefined;
      if (!content) return [...asked, ...(exchange.answer === '' ? [] : ['the answer has a body'])];
      return [...asked, ...faultsOf(content['application/json']?.schema, JSON.parse(exchange.answer)).map((fault) => `answer${fault}`)];
    },
  };
}
