'use strict';
/**
 * Calls the compiled program once for each message of its parent, and answers with what it printed.
 *
 * Loading it, and the client that reads kubeconfigs, takes a second; a suite has dozens of calls.
 */
const { main } = require('../../lib/cli/main.js');

process.on('message', async ({ id, args, cwd, env }) => {
  // A kubeconfig is looked for in the folder of the process. All calls of a test file come from one folder.
  process.chdir(cwd);
  const said = { stdout: '', stderr: '' };
  const streams = Object.fromEntries(['stdout', 'stderr'].map((name) => [name, { write: (text) => { said[name] += text; } }]));
  try {
    const status = await main({ args, calledAs: 'cdk8s-jobs', ...streams, stdin: nothing(), env, cwd });
    process.send({ id, result: { status, ...said } });
  } catch (error) {
    process.send({ id, error: error.stack });
  }
});
process.on('disconnect', () => process.exit());

async function* nothing() { /* an empty stdin */ }
