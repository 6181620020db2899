import type { Judgement } from './judge-change';
import { type Committed, nameOf, type Pair } from './pair-objects';
import type { Treatment } from './treatment';
import { argoCdAnnotations, fluxAnnotations, type GitOpsTool } from '../api/gitops';
import { isCronJob, isJob } from '../api/kinds';
import { asObject, valueAt } from '../core/json';
import { isAboutImmutable } from '../rules/changed-fields';

/** Something that follows from an outcome. */
export interface Note {
  /** `error` for what certainly goes wrong, `warning` for a risk, `advice` for what is good to know. */
  readonly severity: 'error' | 'warning' | 'advice';
  readonly text: string;
}

/** What follows from an outcome. */
interface Consequences {
  readonly notes: readonly Note[];
  readonly runsForEver: boolean;
  /** What to do about a refusal; undefined where its words say so. */
  readonly instead?: string;
}

/**
 * What the tool does beside, and after, the outcome.
 *
 * @param startsSync whether anything but hooks has changed.
 * @source docs/gitops-cases.md
 */
export function consequencesOf(pair: Pair<Committed>, judgement: Judgement, treatment: Treatment, startsSync: boolean): Consequences {
  const loop = pair.after !== undefined && runsForEver(pair.after.object, treatment);
  const notes = [
    ...(loop ? [loopNote(treatment.tools)] : []),
    ...notesOf(pair, judgement, treatment, startsSync),
    ...ignoredNotes(judgement, treatment, startsSync),
    ...relativeNotes(pair),
  ];
  const isImmutable = judgement.refusals.length > 0 && judgement.refusals.every(isAboutImmutable);
  return { notes, runsForEver: loop, ...(isImmutable ? { instead: insteadOf(treatment.tools) } : {}) };
}

function notesOf(pair: Pair<Committed>, judgement: Judgement, treatment: Treatment, startsSync: boolean): Note[] {
  const { after } = pair;
  switch (judgement.outcome) {
    case 'refused': return refusedNotes(pair, judgement, treatment);
    case 'runs again': return again(pair, judgement, treatment, startsSync);
    case 'removed': return removedNotes(pair, treatment);
    case 'new': return [...hookNotes(treatment, startsSync), ...neverCreated(treatment)];
    case 'in place': return after === undefined ? [] : inPlaceNotes(after.object, judgement);
    case 'unchanged': return unchangedNotes(judgement, treatment);
  }
}

/** A TTL deletes the Job, and the tool makes again what is missing; hooks are not looked at between syncs. */
function runsForEver(object: object, { isHook, leftAlone }: Treatment): boolean {
  const { apiVersion, kind } = asObject(object);
  const ttl = valueAt(object, ['spec', 'ttlSecondsAfterFinished']);
  return isJob({ apiVersion, kind }) && !isHook && leftAlone !== 'never created' && ttl !== undefined && ttl !== null;
}

function loopNote(tools: readonly GitOpsTool[]): Note {
  const makers = tools.map((tool) => loops[tool]).join('; ');
  return error(`runs for ever: spec.ttlSecondsAfterFinished deletes the Job, and ${makers}: leave it out`);
}

const loops: Readonly<Record<GitOpsTool, string>> = {
  argocd: 'Argo CD makes it again at once with selfHeal, and without it at the next commit of anything',
  flux: 'Flux makes it again at the next interval',
};

function insteadOf(tools: readonly GitOpsTool[]): string {
  const ways = tools.map((tool) => forces[tool]).join(' or ');
  return `give it a new name at each change (rerun: 'on-change'), or let the tool delete it and make it anew: ${ways}`;
}

const forces: Readonly<Record<GitOpsTool, string>> = {
  argocd: `${argoCdAnnotations.syncOptions}: Force=true`,
  flux: `${fluxAnnotations.force}: enabled`,
};

function refusedNotes({ way, before }: Pair<Committed>, { refusals }: Judgement, treatment: Treatment): Note[] {
  const { tools, forcedBy, isReplaced, isHook } = treatment;
  const notes: Note[] = [];
  if (way === 'kept' && before !== undefined && forcedBy !== undefined && !refusals.every(isAboutImmutable)) {
    notes.push(error(`${names[forcedBy]} takes any refusal for an immutable field: it deletes the Job that is there, with its pods and logs, and makes no new one`));
  }
  if (isReplaced) notes.push(error('Replace=true never works for a Job: leave it out; Force=true alone deletes the Job and makes it anew'));
  if (isHook) return [...notes, advice('Argo CD ends the sync with an error, and tries it again five times')];
  const isNameless = refusals.some(({ rule }) => rule === 'git-needs-a-name');
  const words = isNameless ? allHeldBack : before === undefined ? firstHeldBack : heldBack;
  return [...notes, ...tools.map((tool) => advice(words[tool]))];
}

/** What has no name is refused before anything is applied. */
const allHeldBack: Readonly<Record<GitOpsTool, string>> = {
  argocd: 'Argo CD applies nothing of the whole commit while one object has no name; it tries five times, about six minutes, before it takes a newer commit',
  flux: 'Flux applies nothing of the whole Kustomization while one object has no name',
};

const firstHeldBack: Readonly<Record<GitOpsTool, string>> = {
  argocd: 'Argo CD applies the other objects, and none of this name; it tries five times, about six minutes, before it takes a newer commit',
  flux: 'Flux applies nothing of the whole Kustomization while one object is refused',
};

const heldBack: Readonly<Record<GitOpsTool, string>> = {
  argocd: 'Argo CD applies the other objects and leaves this one as it is; it tries five times, about six minutes, before it takes a newer commit',
  flux: 'Flux applies nothing of the whole Kustomization while one object is refused',
};

function again(pair: Pair<Committed>, { way, changes }: Judgement, treatment: Treatment, startsSync: boolean): Note[] {
  if (way === 'each sync') return hookNotes(treatment, startsSync);
  if (way === 'recreated') {
    const tool = treatment.forcedBy ?? 'argocd';
    return [warning(`${names[tool]} deletes the Job with its pods and logs and makes it anew without waiting: a pod that still ends may run beside the new one`)];
  }
  const old = pair.before === undefined ? '' : nameOf(pair.before.object);
  const cause = changes.some(({ field }) => field.startsWith('spec')) ? [] : [advice('its spec is the same: what it reads, or the mark of its release, has changed')];
  const isUntouched = treatment.leftAlone === 'never created' ? neverCreated(treatment) : [];
  return [...isUntouched, ...cause, ...treatment.tools.map((tool) => {
    if (treatment.keptBy.includes(tool)) return advice(`${names[tool]} creates it, and leaves ${old} in the cluster`);
    return advice(replaced[tool](old));
  })];
}

const replaced: Readonly<Record<GitOpsTool, (old: string) => string>> = {
  argocd: (old) => `Argo CD deletes ${old} with its pods before it creates the new one, if the Application prunes; otherwise ${old} stays`,
  flux: (old) => `Flux creates the new one and then deletes ${old}, if the Kustomization prunes: a pod that still runs is killed, and for a moment both run`,
};

function hookNotes({ isHook, repeats }: Treatment, startsSync: boolean): Note[] {
  if (!repeats) return [];
  const runs = isHook
    ? advice('Argo CD runs a hook at every sync, changed or not; one that fails it runs six times')
    : warning('Force=true with Replace=true runs the Job at every sync, changed or not: leave Replace=true out');
  return [runs, ...(isHook && !startsSync ? [warning('nothing but hooks changes, and hooks alone start no sync: it runs with the next one')] : [])];
}

function removedNotes({ before }: Pair<Committed>, { tools, keptBy, isHook }: Treatment): Note[] {
  if (isHook) return [warning('Argo CD never prunes hooks: the Job stays in the cluster until somebody deletes it')];
  const { name } = asObject(asObject(before?.object).metadata);
  if (typeof name !== 'string' || name === '') return [advice('without a name it was never applied: there is nothing to remove')];
  const { apiVersion, kind } = asObject(before?.object);
  const what = isCronJob({ apiVersion, kind }) ? 'the CronJob with its Jobs' : 'the Job';
  return tools.map((tool) => {
    if (keptBy.includes(tool)) return advice(`${names[tool]} leaves it in the cluster, as its annotation says`);
    return warning(`${names[tool]} prunes ${what}, which kills a pod that still runs; ${unpruned[tool]}`);
  });
}

const unpruned: Readonly<Record<GitOpsTool, string>> = {
  argocd: 'an Application without prune: true leaves it, and is OutOfSync',
  flux: 'a Kustomization without prune: true leaves it',
};

function inPlaceNotes(object: object, { changes }: Judgement): Note[] {
  const { apiVersion, kind } = asObject(object);
  if (isCronJob({ apiVersion, kind })) return changes.some(({ field }) => field.startsWith('spec.jobTemplate')) ? [advice('holds from the next scheduled run on')] : [];
  const suspend = changes.find(({ field }) => field === 'spec.suspend');
  if (suspend === undefined) return [];
  return [suspend.to === true ? warning('suspends the Job: its running pods are killed') : advice('starts the Job if it has not ended')];
}

function unchangedNotes({ changes }: Judgement, treatment: Treatment): Note[] {
  if (treatment.leftAlone === 'created once' && changes.length > 0) {
    return [warning(`Flux ignores the change of ${changes.map(({ field }) => field).join(', ')}: with ${fluxAnnotations.ssa}: IfNotPresent it never touches a Job that is there`)];
  }
  return neverCreated(treatment);
}

/** What comes of the differences that an Application or a Kustomization ignores. */
function ignoredNotes(judgement: Judgement, { ignored, leftAlone }: Treatment, startsSync: boolean): Note[] {
  const { outcome, ignored: fields = [], isHidden } = judgement;
  if (ignored === undefined || leftAlone !== undefined) return [];
  const unread = ignored.unread.map((text) => advice(`${ignored.title} ignores more differences, by ${text}: nobody can tell here which`));
  if (fields.length === 0) return unread;
  const change = `the change of ${fields.join(', ')}`;
  if (ignored.isTriedWhole) {
    const isLeft = outcome === 'in place' || outcome === 'unchanged';
    const then = isLeft ? ': what is in the cluster stays' : ', but asks the API server with the whole Job first';
    return [warning(`${ignored.title} ignores ${change}${then}`)];
  }
  if (ignored.inSyncs) return [warning(`${ignored.title} ignores ${change}, in syncs too: what is in the cluster stays`), ...unread];
  if (isHidden === true && ignored.onlyOutOfSync) return [warning(`${ignored.title} ignores ${change}, and applies only what is out of sync`), ...unread];
  const then = isHidden === true && !startsSync ? 'and sees nothing to sync; the next sync applies it' : 'when it compares, but a sync applies it';
  return [warning(`${ignored.title} ignores ${change} ${then}: RespectIgnoreDifferences=true leaves it out there too`), ...unread];
}

function neverCreated({ leftAlone }: Treatment): Note[] {
  return leftAlone === 'never created' ? [error('Flux never creates it, and the Kustomization is Ready: leave the annotation out')] : [];
}

function relativeNotes({ way, before, after, relative }: Pair<Committed>): Note[] {
  if (relative === undefined) return [];
  const [self, other] = [describe(after ?? before), describe(relative)];
  return [advice(way === 'added' ? `was ${other}: this is another object, and runs on its own` : `becomes ${other}: ${self} itself is gone`)];
}

function describe(source: Committed | undefined): string {
  const { kind, metadata } = asObject(source?.object);
  const { namespace } = asObject(metadata);
  return `${String(kind)} ${typeof namespace === 'string' && namespace !== '' ? `${namespace}/` : ''}${nameOf(source?.object ?? {})}`;
}

/** The tools as people call them. */
const names: Readonly<Record<GitOpsTool, string>> = { argocd: 'Argo CD', flux: 'Flux' };

function error(text: string): Note {
  return { severity: 'error', text };
}

function warning(text: string): Note {
  return { severity: 'warning', text };
}

function advice(text: string): Note {
  return { severity: 'advice', text };
}
