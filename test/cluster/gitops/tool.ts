/** The files of a commit: path → text. */
export type Files = Readonly<Record<string, string>>;

/** What a case may ask of a tool beside what all of them get. */
export interface Delivery {
  /** Merged into the spec of Argo CD's Application. */
  readonly application?: ApplicationSettings;
  /** The folders that Flux follows, in this order, each as one Kustomization. @default - one, of everything */
  readonly kustomizations?: readonly KustomizationSettings[];
}

/** Settings of an Application that change what becomes of a Job. */
export interface ApplicationSettings {
  readonly selfHeal?: boolean;
  readonly syncOptions?: readonly string[];
  readonly ignoreDifferences?: readonly object[];
}

/** One Kustomization: what it applies, and whether it waits. */
export interface KustomizationSettings {
  readonly path: string;
  /** Whether it is ready only when what it applied is. */
  readonly wait?: boolean;
  /** The path of the one that must be ready first. */
  readonly dependsOn?: string;
  /** Merged into its spec. */
  readonly spec?: object;
}

/** A tool that runs and has an API server to apply to. */
export interface GitOpsProgram {
  /** Makes the tool follow a repository of its own, which has no commit yet, into a namespace. */
  follow(namespace: string, delivery: Delivery): Promise<Followed>;
  /** Ends its programs and takes away what it put into the cluster. */
  stop(): Promise<void>;
}

/** A repository that a tool follows. */
export interface Followed {
  /** Commits these files in place of all that was there, and tells the tool that there is something new. */
  push(files: Files): Promise<void>;
  /** What the tool says of the newest commit; undefined while it says nothing final. */
  verdict(): Promise<ToolVerdict | undefined>;
}

/** How a tool ended with a commit. */
export interface ToolVerdict {
  readonly applied: boolean;
  /** In its own words. */
  readonly message: string;
}
