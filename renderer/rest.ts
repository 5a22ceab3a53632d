/** Every part of the page that its first screen does without: one file of its own in the build (load-rest.ts). */
export { EndOfDayScreen } from './end-of-day/end-of-day-screen.tsx';
export { FirstStart } from './first-start/first-start.tsx';
export { MendKeyDialog } from './first-start/mend-key-dialog.tsx';
export { GiveBackDialog } from './give-back/give-back-dialog.tsx';
export { HoldsScreen } from './holds/holds-screen.tsx';
export { PaymentDialog } from './payment/payment-dialog.tsx';
export { QueueScreen } from './queue/queue-screen.tsx';
export { SettingsScreen } from './settings/settings-screen.tsx';
export { KeysDialog } from './shell/keys-dialog.tsx';
export { TrainingBand } from './shell/training-band.tsx';
export { TakeDialog } from './take/take-dialog.tsx';
