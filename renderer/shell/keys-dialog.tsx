import { Dialog } from '../ui/dialog.tsx';
import { showKeys } from '../view.ts';

const KEYS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['F2'], 'Today'],
  [['F3'], 'On hold'],
  [['F9'], 'End of day'],
  [['F4'], 'Queue'],
  [['F8'], 'Settings'],
  [['F5'], 'Read from Dojo now'],
  [['/'], 'Search'],
  [['F6'], 'Search all days, or review the holds'],
  [['F7'], 'Pause the queue, or go on'],
  [['F12'], 'Capture, or start the run'],
  [['↑', '↓'], 'Move in a list'],
  [['←', '→'], 'Move between a row and its buttons'],
  [['Enter'], 'Open the row, or change its amount'],
  [['Space'], 'Tick the row'],
  [['Esc'], 'One step back'],
];

/** The keys that there are. */
export function KeysDialog() {
  return (
    <Dialog title="Keys" width="narrow" isDismissable onClose={() => showKeys(false)}>
      <dl className="keys">
        {KEYS.map(([keys, what]) => (
          <div key={what} className="keys-line">
            <dt>
              {keys.map((key) => (
                <kbd key={key} className="keys-key">
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
