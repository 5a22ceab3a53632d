import { contextBridge, ipcRenderer } from 'electron';
import type { Channel, PATCH_EVENT, Patch, Result, SHOW_EVENT, Show, Till } from './contract.ts';

/**
 * All the page gets of Electron: the contract's functions by name, each over its own channel. Only types are taken from the
 * contract: its schemas run in main, where a page cannot reach them.
 */
const patchEvent: typeof PATCH_EVENT = 'patch';
const showEvent: typeof SHOW_EVENT = 'show';

async function call<T>(channel: Channel, input?: unknown): Promise<Result<T>> {
  // `undefined` is said by absence: the answer of main has one form for both.
  return ipcRenderer.invoke(`till:${channel}`, ...(input === undefined ? [] : [input]));
}

async function unwrapped<T>(answer: Promise<Result<T>>): Promise<T> {
  const result = await answer;
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function on<T>(name: string, listener: (payload: T) => void): () => void {
  const receive = (_event: unknown, payload: T): void => listener(payload);
  ipcRenderer.on(`till:${name}`, receive);
  return () => void ipcRenderer.removeListener(`till:${name}`, receive);
}

/** What is passed to a function that takes nothing is passed on too: main refuses it, rather than nobody noticing it. */
const till: Till = {
  getSnapshot: () => unwrapped(call('getSnapshot')),
  connect: (input) => call('connect', input),
  startTraining: (input) => call('startTraining', input),
  disconnect: (input) => call('disconnect', input),
  refresh: (input) => call('refresh', input),
  getPayment: (input) => call('getPayment', input),
  loadDay: (input) => call('loadDay', input),
  search: (input) => call('search', input),
  submit: (input) => call('submit', input),
  withdraw: (input) => call('withdraw', input),
  retryNow: (input) => call('retryNow', input),
  settle: (input) => call('settle', input),
  release: (input) => call('release', input),
  compare: (input) => call('compare', input),
  allowOperation: (input) => call('allowOperation', input),
  decideAgain: (input) => call('decideAgain', input),
  noticeSeen: (input) => call('noticeSeen', input),
  pauseQueue: (input) => call('pauseQueue', input),
  resumeQueue: (input) => call('resumeQueue', input),
  getSettings: () => unwrapped(call('getSettings')),
  saveSettings: (input) => call('saveSettings', input),
  setTraining: (input) => call('setTraining', input),
  onPatch: (listener) => on<Patch>(patchEvent, listener),
  onShow: (listener) => on<Show>(showEvent, listener),
};

contextBridge.exposeInMainWorld('till', till);
