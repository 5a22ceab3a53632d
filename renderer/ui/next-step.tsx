/** What to do now, under what happened. */
export function NextStep({ next }: { next: string | null | undefined }) {
  return next ? (
    <span className="next-step">
      <strong>What to do:</strong> {next}
    </span>
  ) : null;
}
