import { start } from './store.ts';

// The first of the page's modules: the snapshot is on its way while the others are evaluated.
start();
