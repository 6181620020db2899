import type { ApiObject } from 'cdk8s';
import { oneList } from './native-parts';
import { withMetadata } from './render/with-metadata';
import { appliedIntentions, intentionsFor } from './scope-intentions';
import { serverFor } from './scope-server';
import { deliveryInWaves } from './sync-waves';
import { annotationsOf, type GitOpsTool, gitOpsTools } from '../api/gitops';
import type { KindName } from '../api/kinds';
import { type Finding, formatFinding } from '../core/finding';
import { given } from '../core/given';
import { asObject } from '../core/json';
import { findIntentionFaults } from '../gitops/intention-faults';
import { annotationsFor, type Intention, joinWritten } from '../gitops/intentions';
import type { Delivery } from '../rules/gitops/delivery';
import type { ServerOptions } from '../rules/rule/versions';
import { findErrors } from '../rules/validate-manifest';

/** What is intended for one Job or CronJob: written into its annotations, and checked with the rules of the tool. */
export class JobIntentions {
  private readonly own: readonly [GitOpsTool, Intention] | undefined;
  private tools: readonly GitOpsTool[] = [];
  private delivery: Delivery | undefined;
  private found: readonly Finding[] = [];
  private server: ServerOptions = {};

  /** @param gitops the Job's own intention, as the user wrote it. */
  public constructor(private readonly kind: KindName, private readonly gitops: unknown, private readonly hasRerun: boolean) {
    const { tool, options } = asObject(gitops);
    const known = gitOpsTools.find((name) => name === tool);
    this.own = known === undefined ? undefined : [known, asObject(options) as Intention];
  }

  /** The manifest of an object with the annotations that do what is intended. */
  public write(manifest: unknown, object: ApiObject): unknown {
    this.server = serverFor(object);
    if (this.gitops === undefined && appliedIntentions() === 0) return manifest;
    let written = manifest;
    this.found = this.findOwnFaults();
    const intentions = intentionsFor(object, this.own);
    this.tools = [...intentions.keys()];
    this.delivery = deliveryInWaves(object);
    for (const [tool, all] of intentions) {
      const intention = this.kind === 'Job' ? all : ofCronJob(all);
      const { annotations, conflicts } = joinWritten(annotationsOf(written), annotationsFor(tool, intention));
      if (Object.keys(annotations).length > 0) written = withMetadata(written, { annotations });
      const faults = findIntentionFaults({ tool, intention, manifest: written, hasRerun: this.hasRerun });
      this.found = [...this.found, ...faults, ...conflicts.map((conflict) => conflictFinding(tool, conflict))];
    }
    return written;
  }

  /** What is wrong with a manifest that {@link write} has made: in the API server's eyes, and in those of the tools. */
  public findErrors(manifest: unknown): readonly Finding[] {
    const { tools, delivery, found, server } = this;
    if (tools.length === 0) return oneList([findErrors(manifest, server), found]);
    const all = tools.flatMap((gitops) => findErrors(manifest, { ...server, gitops, ...given({ delivery }) }));
    // Each tool repeats what the API server says.
    return [...new Map(all.map((finding) => [formatFinding(finding), finding])).values(), ...found];
  }

  private findOwnFaults(): Finding[] {
    if (this.gitops === undefined) return [];
    if (this.own === undefined) return [fault('gitops', 'Invalid', 'is no intention: make it with argocd({ … }) or flux({ … })')];
    const [tool, { order, ...rest }] = this.own;
    const lost = this.kind === 'Job' ? undefined : Object.keys(rest).find((option) => ofJobs.has(option));
    return [
      ...order === undefined ? [] : [fault('gitops.order', 'Forbidden', `an order is one of several objects: ${tool}({ order: '${order}' }).applyTo(chart)`)],
      ...lost === undefined ? [] : [fault(`gitops.${lost}`, 'Forbidden', `${lost}: is for Jobs, and a CronJob starts its own; leave it out`)],
    ];
  }
}

/** Options that mean nothing for a CronJob: its Jobs are not taken from Git. */
const ofJobs: ReadonlySet<string> = new Set(['cleanUp', 'run', 'start']);

function ofCronJob(intention: Intention): Intention {
  return Object.fromEntries(Object.entries(intention).filter(([option]) => !ofJobs.has(option)));
}

function conflictFinding(tool: GitOpsTool, { key, written, intended }: ReturnType<typeof joinWritten>['conflicts'][number]): Finding {
  return { ...fault(`metadata.annotations[${key}]`, 'Invalid', `what is intended with ${tool} needs '${intended}' here: leave one of them out`), value: written };
}

function fault(field: string, type: Finding['type'], message: string): Finding {
  return { rule: 'gitops-intention', field, type, message, severity: 'error' };
}
