/** The facts of one line of evidence, such as “17:42: Authorized, £42.00, 2 captures”; the time it was read stands on its own. */
export function evidenceFacts(evidence: string | null): readonly string[] | null {
  if (evidence === null) return null;
  const timed = /^(\d{2}:\d{2}): (.*)$/s.exec(evidence);
  const facts = (timed?.[2] ?? evidence).split(', ');
  return timed?.[1] ? [...facts, `read at ${timed[1]}`] : facts;
}
