import { BlockList, isIP } from 'node:net';
import type { Environment } from './kubeconfig-files';
import { UsageError } from '../../core/errors';

/**
 * The proxy that the environment names for an https:// server, as kubectl reads it: HTTPS_PROXY, unless NO_PROXY excludes the host.
 * Loopback needs no proxy, and plain HTTP is not sent through one.
 *
 * @source golang.org/x/net/http/httpproxy Config.ProxyFunc
 * @throws {UsageError} for a proxy that is not an http:// or https:// address.
 */
export function proxyOfEnvironment(server: string, env: Environment): string | undefined {
  const { protocol, hostname, port } = new URL(server);
  const named = textOf(env.HTTPS_PROXY) ?? textOf(env.https_proxy);
  if (protocol !== 'https:' || named === undefined) return undefined;
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isLoopback(host) || isExcepted(host, port === '' ? '443' : port, textOf(env.NO_PROXY) ?? textOf(env.no_proxy) ?? '')) return undefined;
  const proxy = named.includes('://') ? named : `http://${named}`;
  if (/^https?:\/\//.test(proxy) && URL.canParse(proxy)) return proxy;
  throw new UsageError(`Cannot use HTTPS_PROXY ${new RegExp('^\\w+').exec(proxy)?.[0] ?? ''}:…: it is no http:// or https:// address`, 'set proxy-url in the kubeconfig for SOCKS');
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || (isIP(host) === 4 && host.startsWith('127.')) || host === '::1';
}

function isExcepted(host: string, port: string, list: string): boolean {
  return list.split(',').map((entry) => entry.trim().toLowerCase()).some((entry) => entry !== '' && fits(entry, host, port));
}

function fits(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const [network = '', length] = entry.split('/');
  if (length !== undefined) return isIP(network) !== 0 && isIP(host) === isIP(network) && contains(network, Number(length), host);
  const found = /^\[?(.*?)\]?(?::(\d+))?$/.exec(isIP(entry) === 6 ? `[${entry}]` : entry);
  const name = found?.[1] ?? '';
  if (found?.[2] !== undefined && found[2] !== port) return false;
  if (isIP(host) !== 0 || isIP(name) !== 0) return name === host;
  const domain = name.replace(/^\*?\./, '');
  // With a leading dot, only the hosts below it are meant.
  return host.endsWith(`.${domain}`) || (host === domain && domain === name);
}

function contains(network: string, length: number, host: string): boolean {
  const type = isIP(network) === 4 ? 'ipv4' : 'ipv6';
  if (!Number.isInteger(length) || length < 0 || length > (type === 'ipv4' ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(network, length, type);
  return list.check(host, type);
}

function textOf(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
