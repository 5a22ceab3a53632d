/** What stands under a setting that is no text field: its explanation, that it is saved, or why it is not. */
export function SavedNote({ hint, error }: { hint: string; error: string | null }) {
  return (
    <p className={error === null ? 'field-hint' : 'field-error'} role="status">
      {error ?? hint}
    </p>
  );
}
