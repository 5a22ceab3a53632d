import { readFileSync } from 'node:fs';

/**
 * `node test/mutate/survivors.ts`: what is known of all mutants, as the tables of docs/mutation.md and docs/mutation-survivors.md.
 * Told by code and not by line: lines move.
 */
type Place = Readonly<{ line: number; column: number }>;
type Mutant = Readonly<{ mutatorName: string; replacement: string; status: string; location: Readonly<{ start: Place; end: Place }> }>;
type Report = Readonly<{ files: Readonly<Record<string, Readonly<{ source: string; mutants: readonly Mutant[] }>>> }>;

const SHOWN_MOST = 70;
const KILLED = ['Killed', 'Timeout'];
const SURVIVED = ['Survived', 'NoCoverage'];

const report: Report = JSON.parse(readFileSync('mutation/incremental.json', 'utf8'));
const files = Object.entries(report.files).sort(([a], [b]) => (a < b ? -1 : 1));
const among = (mutants: readonly Mutant[], statuses: readonly string[]) => mutants.filter(({ status }) => statuses.includes(status));
const inline = (code: string) => {
  const line = code.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();
  return line === '' ? 'nothing' : `\`${line.length > SHOWN_MOST ? `${line.slice(0, SHOWN_MOST)}…` : line}\``;
};

function codeAt(source: string, { start, end }: Mutant['location']): string {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const last = lines.length - 1;
  return lines.map((line, index) => line.slice(index === 0 ? start.column - 1 : 0, index === last ? end.column - 1 : undefined)).join('\n');
}

const rowOf = (name: string, mutants: readonly Mutant[]) => {
  const [killed, survived] = [among(mutants, KILLED).length, among(mutants, SURVIVED).length];
  return `| ${name} | ${killed + survived} | ${killed} | ${survived} | ${((100 * killed) / (killed + survived)).toFixed(1)} % |`;
};

const folders = new Map<string, Mutant[]>();
for (const [file, { mutants }] of files)
  for (const folder of new Set([file.split('/').slice(0, 2).join('/'), file.split('/').slice(0, -1).join('/')]))
    folders.set(folder, [...(folders.get(folder) ?? []), ...mutants]);

const out: string[] = ['| folder | mutants | killed | survived | score |', '|---|--:|--:|--:|--:|'];
for (const [folder, mutants] of [...folders].sort(([a], [b]) => (a < b ? -1 : 1))) out.push(rowOf(folder, mutants));
for (const [file, { source, mutants }] of files) {
  const survived = among(mutants, SURVIVED);
  out.push('', `## ${file}: ${among(mutants, KILLED).length} of ${among(mutants, [...KILLED, ...SURVIVED]).length} killed`);
  if (survived.length === 0) continue;
  out.push('', '| in | instead of | reads |', '|---|---|---|');
  for (const { location, replacement } of survived.toSorted((a, b) => a.location.start.line - b.location.start.line))
    out.push(`| ${inline(source.split('\n')[location.start.line - 1] ?? '')} | ${inline(codeAt(source, location))} | ${inline(replacement)} |`);
}
process.stdout.write(`${out.join('\n')}\n`);
