import type { Agent } from 'node:http';

/** The address of an API server, and the credentials for it. */
export interface Identity {
  /** The context of the kubeconfig, or a name in its place. */
  readonly context: string;
  /** Where objects without a namespace go. */
  readonly namespace: string;
  /** `https://host:port`, with a path where a proxy needs one. */
  readonly server: string;
  /** `http://host:port` of the proxy to go through. */
  readonly proxyUrl?: string;
  /**
   * What each request carries.
   *
   * @param isRenewed whether the last ones were refused and new ones are needed.
   */
  credentials(isRenewed: boolean): Promise<Credentials>;
}

/** Headers and TLS options of a request. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: TlsOptions;
  /** Opens the connections where this package cannot (SOCKS). */
  readonly agent?: Agent;
}

/** The TLS options that a kubeconfig can set. */
export interface TlsOptions {
  readonly ca?: string | Buffer;
  readonly cert?: string | Buffer;
  readonly key?: string | Buffer;
  readonly passphrase?: string;
  readonly servername?: string;
  readonly rejectUnauthorized?: boolean;
}
