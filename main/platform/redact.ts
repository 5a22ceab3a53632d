/**
 * The one redactor, between everything that is logged and the log: takes out API keys, credentials in headers and addresses,
 * e-mail addresses, telephone numbers and anything like a card number. It would rather take too much: a log line is for finding faults,
 * and identifiers of payments (`pi_…`, UUIDs) are all that is needed for that.
 */
const REPLACEMENTS: readonly (readonly [RegExp, string])[] = [
  // Keys by their form, in one piece or broken across encodings: whatever follows the prefix.
  [/sk(_|%5f)[a-z0-9]+(_|%5f)[^\s"'`,;&<>(){}[\]\\]*/gi, '[key]'],
  // The header with its scheme, in HTTP, JSON and util.inspect forms. The rest of the line goes when it is not quoted.
  [/(authorization["']?\s*[:=]\s*)(["'])(?:(?!\2).)*\2?/gi, '$1$2[credential]$2'],
  [/(authorization\s*[:=])(?!\s*["'])[^\r\n]*/gi, '$1 [credential]'],
  [/\b(basic|bearer)\s+(?!\[)[^\s"',;]{6,}/gi, '$1 [credential]'],
  [/((?:api[-_ ]?key|client[-_]?session[-_]?secret|secret|password|token)["']?\s*[:=]\s*["']?)(?!\[)[^\s"',;&]+/gi, '$1[secret]'],
  [/\/\/[^\s/@:]+:[^\s/@]+@/g, '//[credential]@'],
  [/\+\d(?:[ ()-]{0,2}\d){7,14}/g, '[phone]'],
  [/[^\s@"'<>(),;:/[\]]+@[^\s@"'<>(),;:]+\.[^\s@"'<>(),;:]+/g, '[e-mail]'],
];

/** 13 to 19 digits, together or in groups: a card number. Times in ms are 13 digits too and go with them when not marked by a unit. */
const CARD_LIKE = /(?<![\w-])\d(?:[ -]?\d){12,18}(?![\w-])/g;

/** Long runs without a word in them: secrets of forms nobody thought of. Payment ids (`pi_` and 22 or so), UUIDs and hex digests of them stay. */
const LONG_RUN = /[A-Za-z0-9+/_=-]{40,}/g;

export function redact(text: string): string {
  let left = text;
  for (const [pattern, replacement] of REPLACEMENTS) left = left.replace(pattern, replacement);
  return left.replace(CARD_LIKE, '[number]').replace(LONG_RUN, (run) => (isReadable(run) ? run : '[long]'));
}

/** The trace id that Dojo's support asks for, in W3C's form. */
const TRACE_ID = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** File paths and dashed words are for reading; a secret has no short parts. */
const isReadable = (run: string): boolean => TRACE_ID.test(run) || run.split(/[/_=-]/).every((part) => part.length < 24);
