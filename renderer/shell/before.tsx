import { resync } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';

/** Before the first snapshot. */
export function Opening() {
  return <p className="before-start">Opening the till…</p>;
}

/** The till itself does not answer: nothing can be shown, and nothing here could have moved money. */
export function Broken() {
  return (
    <main className="before-start">
      <Empty
        title="Tillside could not start"
        actions={
          <Button kind="primary" onPress={() => void resync()}>
            Try again
          </Button>
        }
      >
        The part of Tillside that talks to Dojo does not answer. Nothing was sent and nothing is lost: what was accepted earlier is kept on this PC. Try again;
        if it stays like this, close Tillside and open it anew.
      </Empty>
    </main>
  );
}
