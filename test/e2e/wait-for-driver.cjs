// Loaded into Electron before the till under test. A driver that connects while a window is just opening sometimes never hears of
// it: the till's start waits here until the driver is there. Playwright calls `__playwright_run` when it is. Nothing else changes.
const { app } = require('electron');

const whenReady = app.whenReady.bind(app);
const connected = new Promise((resolve) => {
  globalThis.__playwright_run = () => resolve();
});
app.whenReady = () => connected.then(whenReady);
