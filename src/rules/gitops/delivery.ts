import { type ApplicationSettings, type KustomizationSettings, readApplication, readKustomization } from './settings';
import { type ArgoCdMarks, readArgoCdMarks } from '../../api/gitops';
import { given } from '../../core/given';

/** What is known of how an object is applied from Git, beyond what it says itself. */
export interface Delivery {
  /** The Application that applies it. */
  readonly application?: ApplicationSettings;
  /** The Kustomization of Flux that applies it. */
  readonly kustomization?: KustomizationSettings;
  /** As messages name them, the Kustomizations that wait for that one: `Kustomization web`. */
  readonly dependents: readonly string[];
  /** How many objects are applied with it that are no hooks; undefined when nobody has looked. */
  readonly otherResources: number | undefined;
  /** The last wave of those; infinite when a PostSync hook waits for all of them. */
  readonly lastWave: number;
}

/** What is known of an object that was read alone. */
export const unknownDelivery: Delivery = { dependents: [], otherResources: undefined, lastWave: Number.NEGATIVE_INFINITY };

/** An object that is in Git. */
interface CommittedObject {
  readonly object: unknown;
  /** The path of its file, as far as it is known. */
  readonly file: string;
}

/**
 * How each of the objects that are committed together is applied.
 *
 * An object belongs to the Application or Kustomization whose folder it is in (the longest one); with no such folder to the only one
 * there is, and where there are several, to none.
 */
export function deliveriesOf(committed: readonly CommittedObject[]): readonly Delivery[] {
  const applications = committed.flatMap(({ object }) => readApplication(object) ?? []);
  const kustomizations = committed.flatMap(({ object }) => readKustomization(object) ?? []);
  const owned = committed.map(({ object, file }) => {
    const isSetting = readApplication(object) !== undefined || readKustomization(object) !== undefined;
    const owners = { application: ownerOf(file, applications), kustomization: ownerOf(file, kustomizations) };
    return { marks: readArgoCdMarks(object), isSetting, ...owners };
  });
  return owned.map((self): Delivery => {
    const { application, kustomization } = self;
    const others = owned.filter((other) => {
      return other !== self && !other.isSetting && other.application === application && other.kustomization === kustomization;
    });
    return {
      ...given({ application, kustomization }),
      dependents: kustomizations.filter(({ dependsOn }) => dependsOn.includes(kustomization?.name ?? '')).map(({ title }) => title),
      ...wavesOf(others.map(({ marks }) => marks)),
    };
  });
}

function wavesOf(others: readonly ArgoCdMarks[]): Pick<Delivery, 'otherResources' | 'lastWave'> {
  const resources = others.filter(({ isHook, isSkipped }) => !isHook && !isSkipped);
  const isWaitedForByHook = others.some(({ phases }) => phases.includes('PostSync'));
  return { otherResources: resources.length, lastWave: isWaitedForByHook ? Infinity : Math.max(...resources.map(({ wave }) => wave)) };
}

/** The settings that apply a file. */
function ownerOf<Settings extends { readonly paths: readonly string[] }>(file: string, all: readonly Settings[]): Settings | undefined {
  const path = `/${file.replaceAll('\\', '/')}`;
  let best: Settings | undefined;
  let longest = 0;
  for (const settings of all) {
    for (const folder of settings.paths) if (folder.length > longest && path.includes(`/${folder}/`)) [best, longest] = [settings, folder.length];
  }
  return best ?? (all.length === 1 ? all[0] : undefined);
}
