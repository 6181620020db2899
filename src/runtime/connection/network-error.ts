import { given } from '../../core/given';

/** Why a connection could not be made or broke, as the end of a sentence, and what to look at. */
interface NetworkFault {
  readonly said: string;
  readonly hint?: string;
}

/** What an error of the network means; an unknown one keeps its message and its code. One with a `proxy` is about the way to the server. */
export function describeNetworkError(error: unknown): NetworkFault {
  const fault = faultOf(error as NodeJS.ErrnoException);
  const { proxy } = error as { readonly proxy?: string };
  return proxy === undefined ? fault : { said: `the proxy ${proxy}: ${fault.said}`, hint: 'is the proxy running, and is it the right one?' };
}

function faultOf({ code = '', message }: NodeJS.ErrnoException): NetworkFault {
  const isPlain = code === 'ERR_SSL_WRONG_VERSION_NUMBER' || (code === 'EPROTO' && message.includes('wrong version number'));
  if (isPlain) return { said: 'what answers there speaks no TLS', hint: 'is it another port, or should the server begin with http://?' };
  if (code.startsWith('HPE_')) return { said: 'what answers there speaks no HTTP', hint: 'is it another port, or should the server begin with https://?' };
  const [line = ''] = message.split('\n');
  if (code.startsWith('ERR_OSSL_')) return { said: `the client certificate or its key cannot be used: ${line}`, hint: 'log in again, or mend the user of the kubeconfig' };
  if (code === 'EPROXY') return { said: line };
  return { said: words[code] ?? `${line} (${code})`, ...given({ hint: adviceFor(code) }) };
}

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there (connection refused)',
  ECONNRESET: 'the connection was reset',
  ENOTFOUND: 'there is no host of this name',
  EAI_AGAIN: 'the name could not be looked up',
  ETIMEDOUT: 'no answer (timed out)',
  EHOSTUNREACH: 'there is no way to the host',
};

function adviceFor(code: string): string | undefined {
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND') return 'is the cluster running, and is this the right --context?';
  return /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO/.test(code) ? 'the certificate of the server is not the one that the kubeconfig expects' : undefined;
}
