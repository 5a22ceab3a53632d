import { formatWhen } from '../format.ts';
import { useNow } from '../now.ts';
import { useTill } from '../store.ts';
import { Button } from '../ui/button.tsx';
import type { DayReading } from './use-day.ts';

/** Where an earlier day’s list comes from: Dojo just now, or this PC as of then and why. */
export function DayReadingLine({ reading: { readAtMs, fresh, error, again } }: { reading: DayReading }) {
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const line = useTill((snapshot) => snapshot.connection.line);
  const nowMs = useNow(60_000);
  const when = readAtMs === null ? null : formatWhen(readAtMs, zone, nowMs);
  if (fresh) return <p className="day-reading">Read from Dojo at {when}</p>;
  const why = error?.message ?? (line === 'key-refused' ? 'Dojo does not accept the key.' : 'Dojo could not be asked: there is no connection.');
  return (
    <p className="day-reading">
      <span role="status">
        From this PC, {when === null ? 'never read from Dojo as a whole' : `as of ${when}`}. {why}
      </span>
      <Button kind="quiet" size="small" onPress={again}>
        Read again
      </Button>
    </p>
  );
}
