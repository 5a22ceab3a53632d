/** The facts of one line of evidence, such as “Authorized, £42.00, 2 captures”. */
export const evidenceFacts = (evidence: string | null): readonly string[] | null => (evidence === null ? null : evidence.split(', '));
