import { ApiObject, App, Chart } from 'cdk8s';
import { renderMetadata } from './render-metadata';
import { toNative } from '../plus';

/**
 * The manifest of an object without patches whose spec is as `toNative` gives it, as cdk8s renders it. Only where {@link rendersAsKnown}.
 *
 * The spec is that of the object: it must not be changed.
 */
export function renderPlain({ apiVersion, kind, metadata }: ApiObject, spec: unknown): unknown {
  return { apiVersion, kind, metadata: renderMetadata(metadata), spec };
}

let answer: boolean | undefined;

/** Whether {@link renderPlain} gives the bytes of the cdk8s that is installed, tried once on an object of its own. */
export function rendersAsKnown(): boolean {
  answer ??= renderAlike();
  return answer;
}

function renderAlike(): boolean {
  const spec = { list: [{ b: 1, a: 'text' }, [], {}], empty: {}, nothing: null, absent: undefined, flag: false };
  const metadata = { name: 'probe', labels: { b: 'c' }, annotations: { d: '' }, more: 'text' };
  const chart = new Chart(new App(), 'chart', { namespace: 'team', labels: { a: 'b' } });
  const probe = new ApiObject(chart, 'object', { spec, metadata, kind: 'Probe', apiVersion: 'example.com/v1' });
  return JSON.stringify(renderPlain(probe, toNative(spec, 'v1.JobSpec').value)) === JSON.stringify(probe.toJson());
}
