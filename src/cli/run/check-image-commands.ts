import { UsageError } from '../../core/errors';
import type { ImageCommands } from '../../local/admission';
import type { KubernetesObject } from '../../port/cluster-port';
import { templateContainers, jobSpecOf } from '../input/job-specs';
import { findNearest } from '../input/suggest';

/**
 * Looks for the images that `--image-command` maps.
 *
 * @returns warnings about commands that are not used, because every container of the image has its own.
 * @throws {UsageError} for an image that no container has.
 */
export function checkImageCommands(objects: readonly KubernetesObject[], images: ImageCommands): string[] {
  const containers = objects.flatMap((object) => templateContainers(jobSpecOf(object) ?? {}));
  const there = [...new Set(containers.flatMap(({ image }) => (typeof image === 'string' ? [image] : [])))];
  return Object.keys(images).flatMap((image) => {
    if (!there.includes(image)) {
      const nearest = findNearest(image, there);
      const known = there.length === 0 ? 'no container names an image' : `the containers have ${there.join(', ')}`;
      throw new UsageError(`Cannot use --image-command ${image}=…: no container has the image ${image}`, nearest === undefined ? known : `did you mean ${nearest}?`);
    }
    const isUsed = containers.some((container) => container.image === image && (container.command ?? []).length === 0);
    return isUsed ? [] : [`--image-command ${image}=… is not used: every container with this image names its own command`];
  });
}
