/**
 * Loaded into the process of an app before it starts (`node --require`): the app's `app.synth()` is then ours, whatever it imports.
 *
 * Only where the app has the same copy of cdk8s as this package; else nothing is changed.
 */
import { createRequire } from 'node:module';

const tryResolve = (from: NodeJS.Require): string | undefined => {
  try {
    return from.resolve('cdk8s');
  } catch {
    // The app does without cdk8s.
    return undefined;
  }
};

const [, main] = process.argv;
const own = tryResolve(require);
if (main !== undefined && own !== undefined && tryResolve(createRequire(main)) === own) {
  /* eslint-disable @typescript-eslint/no-require-imports -- an app without cdk8s shall not load it. */
  const { App } = require('cdk8s') as typeof import('cdk8s');
  const { synthesize } = require('./synthesize') as typeof import('./synthesize');
  App.prototype.synth = function synth(): void {
    synthesize(this);
  };
}
