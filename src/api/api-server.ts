import { type FeatureGate, type FeatureGates, gatesOf } from './feature-gates';

/** The API server that is answered for. Two of the same version and gates are one object, by which what is worked out for it is kept. */
export interface ApiServer {
  /** Its minor version: 37 for 1.37. */
  readonly minor: number;
  /** The feature gates that are on. */
  readonly gates: ReadonlySet<FeatureGate>;
}

const servers = new Map<string | number, ApiServer>();

/** The minor version that is meant when none is named. */
export const defaultMinor = 37;

/** The API server of a minor version. `featureGates` are taken to be right: `faultOfGates` tells. */
export function apiServer(minor: number = defaultMinor, featureGates?: FeatureGates): ApiServer {
  const key = featureGates === undefined ? minor : `${minor} ${JSON.stringify(Object.entries(featureGates).sort())}`;
  let server = servers.get(key);
  if (server === undefined) servers.set(key, server = { minor, gates: gatesOf(minor, featureGates) });
  return server;
}
