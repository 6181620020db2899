import { type ApiServer } from '../../api/api-server';
import { type KindName } from '../../api/kinds';
import { type FieldPath } from '../../core/field-path';
import { type ObjectShape, type Shape, shapeOf } from '../decode/shapes';

/** A place in a manifest that takes fields: an object, with the fields that lead to it. */
interface Place {
  readonly names: readonly string[];
  /** The same as path text, a list with all its items: `containers[*]`. */
  readonly segments: readonly string[];
  /** The type of the object in the field table. */
  readonly owner: string;
}

/** The objects that every manifest is made of: a field of one of these is worth naming from anywhere. */
const trunk = new Set([
  'v1.Job', 'v1.CronJob', 'ObjectMeta', 'v1.JobSpec', 'v1.CronJobSpec', 'v1.JobTemplateSpec', 'v1.PodTemplateSpec', 'v1.PodSpec', 'v1.Container',
  'v1.PodSecurityContext', 'v1.SecurityContext', 'v1.ResourceRequirements',
]);

/** A name that more types have, such as `type` or `path`, says too little: it is only looked for next to where it stands. */
const mostOwners = 3;

/** What the API server fills in, and what a Job cannot have. */
const leftOut = new Set(['status', 'managedFields', 'ephemeralContainers']);

/**
 * Where an unknown field belongs: the path of the field with this name that is nearest in the tree of all fields, with the items that
 * both share: `spec.template.spec.containers[0].resources.limits`. Undefined where no place has it, or where too many have it.
 *
 * @param at the path of the unknown field.
 */
export function findRightPlace(name: string, at: FieldPath, kind: KindName, server: ApiServer): string | undefined {
  const places = placesOf(kind, server).get(name) ?? [];
  if (places.length === 0) return undefined;
  const own = at.toString().split('.').slice(0, -1);
  const ownNames = own.map((segment) => segment.replace(/\[.*/, ''));
  const isCommon = new Set(places.map(({ owner }) => owner)).size > mostOwners;
  const ranked = places
    .map((place) => ({ place, shared: sharedLength(ownNames, place.names) }))
    .map(({ place, shared }) => ({ place, shared, up: own.length - shared, down: place.names.length - shared }))
    .filter(({ place: { owner }, up, down }) => trunk.has(owner) || up + down <= 1 || !isCommon)
    .sort((left, right) => left.up + left.down - right.up - right.down || rank(left) - rank(right));
  const [nearest] = ranked;
  if (nearest === undefined) return undefined;
  const { place, shared } = nearest;
  return [...own.slice(0, shared), ...place.segments.slice(shared), name].join('.');
}

/** Of places that are as near: a trunk before a branch, then the one that lies less deep. */
function rank({ place: { owner, names }, down }: { readonly place: Place; readonly down: number }): number {
  return (trunk.has(owner) ? 0 : 100) + down * 2 + (names.includes('initContainers') ? 1 : 0);
}

function sharedLength(one: readonly string[], other: readonly string[]): number {
  const end = one.findIndex((name, position) => name !== other[position]);
  return end === -1 ? one.length : end;
}

const known = new Map<ObjectShape, ReadonlyMap<string, readonly Place[]>>();

/** The places of every field name on an API server, made on first use and kept. */
function placesOf(kind: KindName, server: ApiServer): ReadonlyMap<string, readonly Place[]> {
  const whole = shapeOf(`v1.${kind}`, server);
  let places = known.get(whole);
  if (places === undefined) {
    const found = new Map<string, Place[]>();
    collect(whole, { names: [], segments: [] }, found);
    known.set(whole, places = found);
  }
  return places;
}

function collect(shape: ObjectShape, path: Omit<Place, 'owner'>, found: Map<string, Place[]>): void {
  const place = { ...path, owner: shape.name };
  for (const [name, { shape: field, dropped }] of shape.fields) {
    if (leftOut.has(name) || dropped !== undefined) continue;
    const others = found.get(name);
    if (others === undefined) found.set(name, [place]);
    else others.push(place);
    const member = itemOf(field);
    if (member !== undefined) {
      collect(member, { names: [...path.names, name], segments: [...path.segments, field.kind === 'list' ? `${name}[*]` : name] }, found);
    }
  }
}

function itemOf(shape: Shape): ObjectShape | undefined {
  if (shape.kind === 'object') return shape;
  return shape.kind === 'list' ? itemOf(shape.item) : undefined;
}
