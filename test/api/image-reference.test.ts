import { imageFault, imagePlaceholder } from '../../src/api/image-reference';

const f = (count: number): string => 'f'.repeat(count);

/** Cases of the grammar's own tests, and what their normalized form adds. */
test.each([
  'busybox', 'test_com', 'test.com:tag', 'test.com:5000', 'test.com/repo:tag', 'test:5000/repo', 'test:5000/repo:tag', `test:5000/repo@sha256:${f(64)}`,
  `test:5000/repo:tag@sha256:${f(64)}`, 'Uppercase/lowercase:tag', 'lowercase:Uppercase', `${'a/'.repeat(127)}a:tag-puts-this-over-max`,
  'sub-dom1.foo.com/bar/baz/quux:some-long-tag', 'b.gcr.io/test.example.com/my-app:test.example.com', `xn--7o8h.com/myimage:x@sha512:${f(128)}`,
  'foo_bar.com:8080', 'foo/foo_bar.com:8080', '192.168.1.1', '192.168.1.1:5000/repo:5050', '[2001:db8::1]/repo', '[2001:db8::1]:5000/repo:tag',
  `example.com/${'a'.repeat(255)}:tag`, 'localhost/app', 'a__b/c--d.e', 'my__team.x/app', `app@sha384:${f(96)}`, `${f(64)}a`, f(63),
])('%s can be read', (image) => {
  expect(imageFault(image)).toBeUndefined();
});

test.each<[image: string, fault: RegExp]>([
  ['', /nothing where a part of the repository/],
  [':justtag', /nothing/],
  [`@sha256:${f(64)}`, /nothing/],
  [`repo@sha256:${f(32)}`, /where a digest stands/],
  [`name@invaliddigest:${f(64)}`, /where a digest stands/],
  [`name@sha256:${f(64).toUpperCase()}`, /where a digest stands/],
  ['Uppercase:tag', /capital letters in the repository "Uppercase"/],
  ['test:5000/Uppercase/lowercase:tag', /capital letters/],
  [`example.com/${'a'.repeat(256)}:tag`, /more than 255/],
  ['aa/asdf$$^/aa', /"asdf\$\$\^" in the repository/],
  ['[2001:db8::1]', /"\[2001" in the repository/],
  ['[fe80::1%eth0]:5000/repo', /where a registry stands/],
  ['app:latest:', /"latest:" where a tag stands/],
  ['app:', /"" where a tag stands/],
  [`app:${'a'.repeat(129)}`, /where a tag stands/],
  ['https://registry.example/app', /"https:" where a registry stands/],
  ['registry.example/', /nothing/],
  ['a//b', /nothing/],
  ['-app', /"-app" in the repository/],
  ['a...b', /"a\.\.\.b" in the repository/],
  ['a___b', /"a___b" in the repository/],
  [f(64), /64 hexadecimal digits/],
])('%j cannot be read', (image, fault) => {
  expect(imageFault(image)).toMatch(fault);
});

test.each([
  ['${IMAGE}', '${IMAGE}'], ['app:$TAG', '$TAG'], ['app:$(TAG)', '$(TAG)'], ['<your-image>', '<your-image>'], ['app:{{ .Values.tag }}', '{{ .Values.tag }}'],
  ['%IMAGE%', '%IMAGE%'], ['${IMAGE', '${IMAGE'], ['app:1', undefined], ['a$$^b', undefined],
])('%s holds the placeholder %s', (image, placeholder) => {
  expect(imagePlaceholder(image)).toBe(placeholder);
});
