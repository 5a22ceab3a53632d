import type { GiveBackView } from '../../preload/contract.ts';
import { byReason } from '../payment/move-words.ts';
import { WAY_TITLES } from './ways.ts';

/** Why it is not done in another way; ways closed for the same reason together. */
export function OtherWays({ closed }: Readonly<{ closed: GiveBackView['closed'] }>) {
  if (closed.length === 0) return null;
  return (
    <details className="why">
      <summary>Why not another way</summary>
      <dl className="give-back-closed">
        {byReason(closed.map(({ way, reason }) => ({ name: WAY_TITLES[way], reason }))).map(({ names, reason }) => (
          <div key={reason}>
            <dt>{names}</dt>
            <dd>{reason}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
