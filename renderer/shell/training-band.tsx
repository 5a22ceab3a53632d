import { TRAINING_FAULTS } from '../../preload/choices.ts';
import { till } from '../bridge.ts';
import { call, useTill } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { Select } from '../ui/field.tsx';
import { useHeightAs } from '../ui/use-height-as.ts';

type Fault = (typeof TRAINING_FAULTS)[number];

const FAULT_WORDS: Readonly<Record<Fault, string>> = {
  refuse: 'Dojo refuses it',
  decline: 'The bank declines the capture',
  'lose-answer': 'The answer gets lost',
  slow: 'The answer is slow',
  busy: 'Dojo is busy',
};

const OPTIONS = [{ id: 'none', text: 'Nothing goes wrong' }, ...TRAINING_FAULTS.map((id) => ({ id, text: FAULT_WORDS[id] }))] as const;

/** Says that nothing here is real, and holds the switches to practise with. */
export function TrainingBand() {
  const training = useTill((snapshot) => snapshot.connection.training);
  const set = (change: Parameters<typeof till.setTraining>[0]) => void call(till.setTraining(change));
  return (
    <section ref={useHeightAs('--band-height')} className="band" data-mode="training" aria-label="Training">
      <strong className="band-word">TRAINING</strong>
      <span className="band-text">A simulated shop: no real money moves.</span>
      {training ? (
        <div className="band-tools">
          <Button size="small" aria-pressed={training.cableOut} onPress={() => set({ cableOut: !training.cableOut })}>
            {training.cableOut ? 'Plug the cable back in' : 'Pull the network cable'}
          </Button>
          <Select
            label="Next action:"
            value={training.nextFault ?? 'none'}
            options={OPTIONS}
            onChange={(choice) => set({ nextFault: TRAINING_FAULTS.find((fault) => fault === choice) ?? null })}
          />
        </div>
      ) : null}
    </section>
  );
}
