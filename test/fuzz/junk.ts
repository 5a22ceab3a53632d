import fc from 'fast-check';

/** Deeper than this, structured cloning itself gives up: nothing of it would come through. */
const DEEP = 1_000;
const nested = (depth: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? { a: value } : [value];
  return value;
};

/** Every text: half a surrogate pair, directions, nothing, very much. */
export const strangeText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\ud800', 'a\udfff', '\u0000', '\u202etxt.exe', '__proto__', 'constructor', '../../x', '%2e%2e', 'a\r\nb: c', '<b>', 'x'.repeat(100_000), ''),
);

/** Whatever structured cloning carries from a page, and no channel means. */
export const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything({
    maxDepth: 4,
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withNullPrototype: true,
    withObjectString: true,
    withSparseArray: true,
  }),
  strangeText,
  fc.constantFrom<unknown>(
    Number.NaN,
    -0,
    Number.POSITIVE_INFINITY,
    1e308,
    2 ** 53,
    -1,
    0.1 + 0.2,
    1n << 200n,
    new Date(Number.NaN),
    new Date(0),
    new Map([['requests', []]]),
    new Set(['a']),
    new Uint8Array(64),
    new ArrayBuffer(8),
    /a/g,
    new Error('an error'),
    JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
    Object.create(null),
    nested(DEEP),
    new Array(100_000),
    Array.from({ length: 20_000 }, () => ({})),
  ),
);

/** The same as far as JSON can say it. */
export const strangeJson: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' }),
  strangeText,
  fc.constantFrom<unknown>(null, -1, 0, 0.5, 1e308, 2 ** 53, 4_200, 9_999_999_999, 10_000_000_000, '4200', nested(DEEP), {}, [], true),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
