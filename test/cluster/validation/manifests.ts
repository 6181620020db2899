import { corpus } from './corpus';
import { invent, wordsOf } from './invent';
import { combine, mutate, pick, seededRandom } from './mutate';

/** Texts of manifests with the fields of a minor version, all different, made from the corpus; the same seed gives the same ones. */
export function randomManifests(seed: number, count: number, minor?: number): string[] {
  const random = seededRandom(seed);
  const manifests = corpus();
  const words = wordsOf(manifests);
  const any = (): object => pick(manifests, random) ?? {};
  const sameKind = (manifest: object): object => {
    for (;;) {
      const other = any();
      if ((other as { kind?: unknown }).kind === (manifest as { kind?: unknown }).kind) return other;
    }
  };
  const makers: ReadonlyArray<() => object> = [
    () => mutate(any(), any(), random),
    () => { const first = any(); return combine(first, sameKind(first), random); },
    () => { const first = any(); return mutate(combine(first, sameKind(first), random), any(), random); },
    () => invent(structuredClone(any()), words, random, minor),
    () => { const first = any(); return invent(combine(first, sameKind(first), random), words, random, minor); },
  ];
  const texts = new Set<string>();
  while (texts.size < count) texts.add(JSON.stringify(inDefaultNamespace(structuredClone((pick(makers, random) ?? any)()))));
  return [...texts];
}

/** Without a namespace of its own: a request to another one than its path's is answered before validation. */
function inDefaultNamespace(manifest: object): object {
  const { metadata } = manifest as { metadata?: { namespace?: unknown } | null };
  if (typeof metadata === 'object' && metadata !== null) delete metadata.namespace;
  return manifest;
}
