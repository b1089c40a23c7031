// A real OpenID provider (npm oidc-provider, certified). Reads its settings as JSON from the first argument, prints its issuer as one line of JSON when it listens.
// {"port":0,"audience":"...","alg":"RS256","people":{"alice":{"tenant":"north","roles":["doctor"]}},"service":{"tenant":"north","roles":[]},"scopes":["chat:write"],"opaque":false}
// With "opaque" its access tokens say nothing to anybody else: it answers for them to its client "gateway", and takes them back.
import { createServer } from 'node:http';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import Provider from 'oidc-provider';

const settings = JSON.parse(process.argv[2]);
const { audience, alg, people, service, scopes, opaque = false } = settings;

const pair = alg.startsWith('ES') ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('rsa', { modulusLength: 2048 });
const signing = { ...pair.privateKey.export({ format: 'jwk' }), alg, use: 'sig', kid: randomUUID() };
// ID tokens keep the default algorithm, so an issuer that signs access tokens otherwise has two keys.
const other = { ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: randomUUID() };

const server = createServer();
await new Promise((listening) => server.listen(settings.port ?? 0, '127.0.0.1', listening));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  jwks: { keys: alg === 'RS256' ? [signing] : [signing, other] },
  clients: [
    { client_id: 'app', token_endpoint_auth_method: 'none', redirect_uris: ['http://127.0.0.1/callback'], grant_types: ['authorization_code'], application_type: 'native' },
    { client_id: 'robot', client_secret: 'robot-secret', redirect_uris: [], response_types: [], grant_types: ['client_credentials'] },
    { client_id: 'gateway', client_secret: 'gateway-secret', redirect_uris: [], response_types: [], grant_types: ['client_credentials'] },
  ],
  scopes: ['openid', ...scopes],
  findAccount: (ctx, id) => (people[id] ? { accountId: id, claims: () => ({ sub: id }) } : undefined),
  extraTokenClaims: (ctx, token) => {
    const { tenant, roles } = token.accountId ? people[token.accountId] : service;
    return { tenant, roles };
  },
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: true },
    introspection: { enabled: opaque, allowedPolicy: (ctx, client) => client.clientId === 'gateway' },
    revocation: { enabled: opaque },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => audience,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: scopes.join(' '),
        audience,
        accessTokenTTL: 600,
        ...(opaque ? { accessTokenFormat: 'opaque' } : { accessTokenFormat: 'jwt', jwt: { sign: { alg } } }),
      }),
    },
  },
  pkce: { required: () => true },
  cookies: { keys: [randomUUID()] },
});
server.on('request', provider.callback());
console.log(JSON.stringify({ issuer }));
