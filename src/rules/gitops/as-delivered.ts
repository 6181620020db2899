/** A manifest as the tool that takes it from Git applies it. */
import { isCommon, withCommonMetadata } from './common-metadata';
import { type KustomizationSettings } from './settings';
import { type Finding } from '../../core/finding';
import { type DeliveredOptions } from '../rule/versions';

/** A manifest with what the tool adds before it applies it; itself where that adds nothing. */
export function asDelivered(manifest: unknown, options: DeliveredOptions): unknown {
  return withCommonMetadata(manifest, fluxOwner(options)?.commonMetadata);
}

/** Findings that say where a label or annotation comes from that the manifest does not have itself. */
export function withOrigins(findings: Finding[], options: DeliveredOptions): Finding[] {
  const { commonMetadata, title = '' } = fluxOwner(options) ?? {};
  if (commonMetadata === undefined) return findings;
  const origin = `it is in spec.commonMetadata of ${title}`;
  return findings.map((finding) => {
    const { field, value, hint } = finding;
    return isCommon(field, value, commonMetadata) ? { ...finding, hint: hint === undefined ? origin : `${hint}; ${origin}` } : finding;
  });
}

function fluxOwner({ gitops, delivery }: DeliveredOptions): KustomizationSettings | undefined {
  return gitops === 'flux' ? delivery?.kustomization : undefined;
}
