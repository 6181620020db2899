import { invalidMessage } from '../api/invalid-message';
import { isJob, isPod, kindMeantBy } from '../api/kinds';
import type { Container, PodSpec } from '../api/kubernetes';
import { FieldPath } from '../core/field-path';
import type { Finding, Severity } from '../core/finding';
import { formatFinding } from '../core/finding';
import { asObject, valueAt } from '../core/json';
import { isService } from '../engine/service-strategy';
import { ClusterError, type KubernetesObject } from '../port/cluster-port';
import { type ServerOptions } from '../rules/rule/versions';
import { findErrors, validateManifest } from '../rules/validate-manifest';
import { validateUpdate } from '../rules/validate-update';

/** For each image, the command that replaces its entry point on this machine. */
export type ImageCommands = Readonly<Record<string, readonly string[]>>;

/**
 * Refuses a new object if the API server would, or if it cannot run here. `severity` is that of a container whose command only its image
 * knows: it is refused, or warned of.
 *
 * @throws {ClusterError} `INVALID` with all findings.
 */
export function admitCreate(object: KubernetesObject, images: ImageCommands, severity: Severity): readonly string[] {
  const warnings = admit(object, [...findFaults(object), ...findMissingCommands(object, images, severity)]);
  return isService(object) ? [...warnings, keepsServices] : warnings;
}

const keepsServices = 'the local engine only keeps Services: nothing is reached by their names or addresses, and no pod is found by its host name';

/** What the API server would say to a new Job or CronJob, and what of it cannot run here. */
export function findLocalFaults(object: KubernetesObject, images: ImageCommands): Finding[] {
  return [...findFaults(object), ...findMissingCommands(object, images, 'error')];
}

/**
 * Refuses a change as the API server would.
 *
 * @throws {ClusterError} `INVALID` with all findings.
 */
export function admitUpdate(old: KubernetesObject, object: KubernetesObject, images: ImageCommands, severity: Severity): readonly string[] {
  const faults = kindMeantBy(object) !== undefined ? validateUpdate(old, object) : [];
  return admit(object, [...faults, ...findMissingCommands(object, images, severity)]);
}

function findFaults(object: KubernetesObject): readonly Finding[] {
  return kindMeantBy(object) !== undefined ? validateManifest(object) : [];
}

/** The API server's words for refusing the Job of a CronJob; it accepts everything else that controllers create. */
export function refusalOfJob(object: KubernetesObject, server: ServerOptions = {}): string | undefined {
  if (!isJob(object)) return undefined;
  const errors = findErrors(object, server);
  return errors.length === 0 ? undefined : invalidMessage(object, errors);
}

/** The texts of the warnings, when there is no error. */
function admit(object: KubernetesObject, findings: readonly Finding[]): readonly string[] {
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new ClusterError('INVALID', invalidMessage(object, errors), { status: 422, reason: 'Invalid', findings: errors });
  return findings.filter(({ severity }) => severity === 'warning').map(formatFinding);
}

/** Findings about containers whose command only their image knows. */
function findMissingCommands(object: KubernetesObject, images: ImageCommands, severity: Severity): Finding[] {
  const template = isPod(object) ? [] : kindMeantBy(object)?.podTemplate;
  if (template === undefined) return [];
  const path = [...template, 'spec'];
  const { initContainers = [], containers = [] }: Partial<PodSpec> = asObject(valueAt(object, path));
  const root = FieldPath.root.child(...path);
  return [...missing(root.child('initContainers'), initContainers, images, severity), ...missing(root.child('containers'), containers, images, severity)];
}

function missing(path: FieldPath, containers: unknown, images: ImageCommands, severity: Severity): Finding[] {
  if (!Array.isArray(containers)) return [];
  return (containers as ReadonlyArray<Partial<Container> | null>).flatMap((container, position) => {
    const { command, image = '' } = container ?? {};
    if ((command !== undefined && command.length > 0) || Object.hasOwn(images, image)) return [];
    return [{
      rule: 'local-needs-command',
      field: path.index(position).child('command').toString(),
      type: 'Required' as const,
      message: needsCommand(image),
      severity,
    }];
  });
}

/** Why a container without a command cannot run here, and what to do about it. */
export function needsCommand(image: string): string {
  return `the local engine does not use images, and only ${image === '' ? 'the image' : image} knows what to run: `
    + `write the command, or map the image with --image-command ${image}='…'`;
}
