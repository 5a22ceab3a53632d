import { useState } from 'react';
import { SHOP_REASON_LENGTH_MAX } from '../../preload/choices.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { moved, reasonProblem } from './reasons.ts';
import { SavedNote } from './saved-note.tsx';
import { useListEdits } from './use-list-edits.ts';

type RefundReasonsProps = Readonly<{ reasons: readonly string[]; onSave: (reasons: string[]) => Promise<boolean>; hint: string; error: string | null }>;

/** The shop's own list: what is offered when a refund is decided. */
export function RefundReasons({ reasons: saved, onSave, hint, error }: RefundReasonsProps) {
  const { list: reasons, edit } = useListEdits(saved, onSave);
  const [typed, setTyped] = useState('');
  const problem = reasonProblem(reasons, typed);
  const isAddable = typed.trim() !== '' && problem === null;
  const add = () => {
    if (!isAddable) return;
    edit((list) => [...list, typed.trim()]);
    setTyped('');
  };
  return (
    <div className="field">
      <h3 className="field-label" id="refund-reasons">
        Reasons for a refund
      </h3>
      {reasons.length === 0 ? (
        <p className="quiet-text">The list is empty: whoever refunds types the reason.</p>
      ) : (
        <ol className="setting-reasons" aria-labelledby="refund-reasons">
          {reasons.map((reason, index) => (
            <li key={reason} className="setting-reason">
              <span className="setting-reason-text">{reason}</span>
              <Button
                kind="plain"
                isGuarded
                size="small"
                isDisabled={index === 0}
                onPress={() => edit((list) => moved(list, reason, 'up'))}
                aria-label={`Move ${reason} up`}
              >
                Up
              </Button>
              <Button
                kind="plain"
                isGuarded
                size="small"
                isDisabled={index === reasons.length - 1}
                onPress={() => edit((list) => moved(list, reason, 'down'))}
                aria-label={`Move ${reason} down`}
              >
                Down
              </Button>
              <Button size="small" isGuarded onPress={() => edit((list) => list.filter((other) => other !== reason))} aria-label={`Remove ${reason}`}>
                Remove
              </Button>
            </li>
          ))}
        </ol>
      )}
      <TextField
        label="Another reason"
        value={typed}
        onChange={setTyped}
        onEnter={add}
        maxLength={SHOP_REASON_LENGTH_MAX}
        error={problem}
        end={
          <Button isDisabled={!isAddable} onPress={add}>
            Add
          </Button>
        }
      />
      <SavedNote hint={hint} error={error} />
    </div>
  );
}
