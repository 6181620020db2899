import { proxyOfEnvironment } from '../../src/runtime/connection/proxy';

const proxy = 'http://proxy:3128';

test.each<[string, string, Readonly<Record<string, string>>, string | undefined]>([
  ['none is named', 'https://api:6443', {}, undefined],
  ['one is named', 'https://api:6443', { HTTPS_PROXY: proxy }, proxy],
  ['in small letters', 'https://api:6443', { https_proxy: proxy }, proxy],
  ['without a scheme', 'https://api:6443', { HTTPS_PROXY: 'proxy:3128' }, proxy],
  ['HTTP_PROXY is for plain HTTP', 'https://api:6443', { HTTP_PROXY: proxy }, undefined],
  ['a plain HTTP server', 'http://api:8001', { HTTPS_PROXY: proxy }, undefined],
  ['localhost', 'https://localhost:6443', { HTTPS_PROXY: proxy }, undefined],
  ['loopback', 'https://127.0.0.1:6443', { HTTPS_PROXY: proxy }, undefined],
  ['loopback of IPv6', 'https://[::1]:6443', { HTTPS_PROXY: proxy }, undefined],
  ['all excepted', 'https://api:6443', { HTTPS_PROXY: proxy, NO_PROXY: '*' }, undefined],
  ['the host excepted', 'https://api.example.com', { HTTPS_PROXY: proxy, NO_PROXY: 'other, api.example.com' }, undefined],
  ['its domain excepted', 'https://api.example.com', { HTTPS_PROXY: proxy, NO_PROXY: 'example.com' }, undefined],
  ['its domain with a dot', 'https://api.example.com', { HTTPS_PROXY: proxy, NO_PROXY: '.example.com' }, undefined],
  ['a dot means below, not itself', 'https://example.com', { HTTPS_PROXY: proxy, NO_PROXY: '.example.com' }, proxy],
  ['the end of a name is no domain', 'https://myexample.com', { HTTPS_PROXY: proxy, NO_PROXY: 'example.com' }, proxy],
  ['another port', 'https://api:6443', { HTTPS_PROXY: proxy, NO_PROXY: 'api:443' }, proxy],
  ['this port', 'https://api:6443', { HTTPS_PROXY: proxy, NO_PROXY: 'api:6443' }, undefined],
  ['its network', 'https://10.1.2.3', { HTTPS_PROXY: proxy, no_proxy: '10.0.0.0/8' }, undefined],
  ['another network', 'https://11.1.2.3', { HTTPS_PROXY: proxy, NO_PROXY: '10.0.0.0/8' }, proxy],
  ['its address', 'https://10.1.2.3', { HTTPS_PROXY: proxy, NO_PROXY: '10.1.2.3' }, undefined],
])('the proxy of the environment: %s', (_, server, env, expected) => {
  expect(proxyOfEnvironment(server, env)).toBe(expected);
});

test('a proxy that cannot be used is named without its password', () => {
  expect(() => proxyOfEnvironment('https://api', { HTTPS_PROXY: 'socks5://user:secret@proxy' })).toThrow(/^(?!.*secret).*socks5/);
});
