import { withMetadata } from './render/with-metadata';
import { type KindName } from '../api/kinds';
import { minParallelismAnnotation, queueNameLabel, queuePriorityLabel } from '../api/kueue';
import type { QueueProps } from '../api/props/queue-props';
import type { Finding } from '../core/finding';
import { asObject, isObject, type JsonObject } from '../core/json';
import { findQueueFaults } from '../rules/validate-manifest';

/** The names of the props, and what of metadata each becomes. */
const places = {
  name: { field: 'labels', key: queueNameLabel },
  priority: { field: 'labels', key: queuePriorityLabel },
  minParallelism: { field: 'annotations', key: minParallelismAnnotation },
} as const satisfies Record<keyof QueueProps, { readonly field: 'labels' | 'annotations'; readonly key: string }>;

/** The queue of a Job, or of the Jobs of a CronJob: written into their metadata, and checked as Kueue's webhook does. */
export class JobQueue {
  private readonly props: JsonObject;
  private found: readonly Finding[] = [];

  /** @param queue as the user wrote it: a name, or props; undefined for a Job that is in none. */
  public constructor(private readonly kind: KindName, private readonly queue: unknown) {
    this.props = typeof queue === 'string' ? { name: queue } : asObject(queue);
  }

  /** The manifest with the labels and annotations that put its Job into the queue. */
  public write(manifest: unknown): unknown {
    if (this.queue === undefined) return manifest;
    const job = this.kind === 'Job' ? manifest : asObject(asObject(manifest).spec).jobTemplate;
    this.found = [...this.findOwnFaults(), ...this.findRepeats(job)];
    const queued = withMetadata(job, { labels: this.written('labels'), annotations: this.written('annotations') });
    return this.kind === 'Job' ? queued : { ...asObject(manifest), spec: { ...asObject(asObject(manifest).spec), jobTemplate: queued } };
  }

  /** What is wrong with the queue of a manifest that {@link write} has made; whoever names a queue means a cluster with Kueue. */
  public findErrors(manifest: unknown): readonly Finding[] {
    return this.queue === undefined ? [] : [...this.found, ...findQueueFaults(manifest)];
  }

  private written(field: 'labels' | 'annotations'): JsonObject {
    const entries = Object.entries(places).flatMap(([prop, place]) => {
      const value = this.props[prop];
      return place.field !== field || value === undefined ? [] : [[place.key, prop === 'minParallelism' ? String(value) : value]];
    });
    return Object.fromEntries(entries) as JsonObject;
  }

  private findOwnFaults(): Finding[] {
    const { queue, props } = this;
    if (typeof queue !== 'string' && !isObject(queue)) return [this.fault('', 'Invalid', 'is neither the name of a queue nor { name, priority, minParallelism }')];
    const unknown = Object.keys(props).find((name) => !Object.hasOwn(places, name));
    return [
      ...props.name === undefined || props.name === '' ? [this.fault('.name', 'Required', 'the name of a LocalQueue')] : [],
      ...unknown === undefined ? [] : [this.fault(`.${unknown}`, 'Forbidden', `a queue has no such field: it has ${Object.keys(places).join(', ')}`)],
    ];
  }

  /** What is written in the metadata too, as something else. */
  private findRepeats(job: unknown): Finding[] {
    const { metadata } = asObject(job);
    return (['labels', 'annotations'] as const).flatMap((field) => Object.entries(this.written(field)).flatMap(([key, value]) => {
      const other = asObject(asObject(metadata)[field])[key];
      return other === undefined || other === value ? [] : [this.fault('', 'Invalid', `metadata.${field}[${key}] says "${String(other)}": leave one of them out`)];
    }));
  }

  private fault(at: string, type: Finding['type'], message: string): Finding {
    return { rule: 'queue-props', field: `${this.kind === 'Job' ? 'queue' : 'job.queue'}${at}`, type, message, severity: 'error' };
  }
}
