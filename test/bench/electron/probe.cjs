// Loaded into Electron before the app that is measured, the till or an empty window alike: says when the first row stood on the
// screen, and after a while what the app's processes hold in memory; then lets the app end as a person would end it.
const { readFileSync } = require('node:fs');
const { app } = require('electron');

const { restMs } = JSON.parse(process.env.BENCH_PROBE);

// Two frames after the row is in the document it has been painted.
const FIRST_ROW = `new Promise((seen) => {
  const look = () => requestAnimationFrame(() => {
    if (document.querySelector('[role=row], tr')) requestAnimationFrame(() => seen(Date.now()));
    else look();
  });
  look();
})`;

const say = (what, value) => process.stdout.write(`BENCH ${what} ${JSON.stringify(value)}\n`);

/** Memory that several processes share is counted in parts, where the system tells; elsewhere whole, for each of them. */
function heldKb({ pid, memory }) {
  if (process.platform !== 'linux') return memory.privateBytes ?? memory.workingSetSize;
  return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1]);
}

app.on('web-contents-created', (_event, contents) => {
  contents.once('dom-ready', async () => {
    say('first-row', await contents.executeJavaScript(FIRST_ROW));
    setTimeout(() => {
      say(
        'memory',
        app.getAppMetrics().map((metric) => ({ type: metric.type, kb: heldKb(metric) })),
      );
      app.quit();
    }, restMs);
  });
});
