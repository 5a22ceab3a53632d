// Stands where the preload script stands in Electron: the same functions, over HTTP and server-sent events. The host puts
// `const channels = […]`, the contract's channel names, before it.
(() => {
  const listeners = new Set();
  let events = null;
  let listening = Promise.resolve();

  async function call(channel, input) {
    const response = await fetch(`/till/${channel}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      ...(input !== undefined && { body: JSON.stringify(input) }),
    });
    return response.json();
  }

  async function unwrapped(answer) {
    const result = await answer;
    if (!result.ok) throw new Error(result.error.message);
    return result.value;
  }

  function onPatch(listener) {
    listeners.add(listener);
    if (events === null) {
      events = new EventSource('/till/patches');
      events.addEventListener('patch', (event) => {
        const patch = JSON.parse(event.data);
        for (const each of listeners) each(patch);
      });
      // A snapshot asked for before the stream stands could miss the patches in between.
      listening = new Promise((resolve) => {
        events.addEventListener('open', resolve, { once: true });
        events.addEventListener('error', resolve, { once: true });
      });
    }
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0 || events === null) return;
      events.close();
      events = null;
    };
  }

  const till = Object.fromEntries(channels.map((channel) => [channel, (input) => call(channel, input)]));
  window.till = Object.freeze({
    ...till,
    getSnapshot: async () => {
      await listening;
      return unwrapped(call('getSnapshot'));
    },
    getSettings: () => unwrapped(call('getSettings')),
    onPatch,
    // A page in a browser shows no notification of the till's, so none can be pressed.
    onShow: () => () => undefined,
  });
})();
