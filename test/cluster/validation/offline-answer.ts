import { refusal, type ValidationAnswer } from './server-answer';
import type { FeatureGates } from '../../../src/api/feature-gates';
import type { Finding } from '../../../src/core/finding';
import type { ValidateOptions } from '../../../src/rules/rule/versions';
import { validateManifest } from '../../../src/rules/validate-manifest';
import { validateUpdate } from '../../../src/rules/validate-update';

/** What the offline validator says about a manifest, in the form of the server's answer. */
export function askValidator(manifest: object, version: string): ValidationAnswer {
  return answerOfFindings(validateManifest(manifest, optionsFor(version)));
}

/** What the offline validator says about a change. */
export function askValidatorOfChange(before: object, after: object, version: string): ValidationAnswer {
  return answerOfFindings(validateUpdate(before, after, optionsFor(version)));
}

/** The server that the suite asks: its version, and the feature gates that it was started with. */
export function optionsFor(version: string): ValidateOptions {
  const pairs = (process.env.CDK8S_JOBS_TEST_FEATURE_GATES ?? '').split(',').filter((pair) => pair !== '').map((pair) => pair.split('='));
  const featureGates: FeatureGates = Object.fromEntries(pairs.map(([name = '', value]) => [name, value === 'true']));
  return { kubernetesVersion: version as NonNullable<ValidateOptions['kubernetesVersion']>, featureGates };
}

function answerOfFindings(findings: readonly Finding[]): ValidationAnswer {
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return { stage: 'accepted', errors: [] };
  if (errors.some(({ type }) => type === 'Decode' || type === 'Unknown')) return { stage: 'decode', errors: [] };
  return refusal(errors.map(({ field, type, message }) => ({ field, type, words: message })));
}

/** Whether two answers agree to the word. Where the server crashes instead of answering, it is enough that the validator refuses. */
export function agree(server: ValidationAnswer, validator: ValidationAnswer): boolean {
  if (server.stage === 'panic') return validator.stage !== 'accepted';
  return server.stage === validator.stage && server.words?.join('\n') === validator.words?.join('\n');
}
