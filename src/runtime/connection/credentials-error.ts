/** Why there are no credentials for a user of a kubeconfig, as the end of a sentence. */
export class CredentialsError extends Error {
  /** What to do instead; a login command that fails says that itself. */
  public readonly hint: string | undefined;

  public constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}
