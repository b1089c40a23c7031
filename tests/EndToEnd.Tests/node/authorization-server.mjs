// A real OpenID provider (npm oidc-provider, certified) as the authorization server of a gateway's MCP routes: it registers clients, and its pages are its own.
// Reads its settings as JSON from the first argument, prints its issuer as one line of JSON when it listens.
// {"port":0,"people":{"alice":{"claims":{"tenant":"mercy","roles":["doctor"],"user":"alice"},"scopes":["calendar:read","calendar:write"]}}}
import { createServer } from 'node:http';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import Provider, { errors } from 'oidc-provider';

const { port = 0, people } = JSON.parse(process.argv[2]);
const scopes = [...new Set(Object.values(people).flatMap((person) => person.scopes))];

const server = createServer();
await new Promise((listening) => server.listen(port, '127.0.0.1', listening));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  jwks: { keys: [{ ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: randomUUID() }] },
  scopes: ['openid', 'offline_access', ...scopes],
  clientDefaults: { token_endpoint_auth_method: 'none' },
  findAccount: (ctx, id) => (people[id] ? { accountId: id, claims: () => ({ sub: id }) } : undefined),
  extraTokenClaims: (ctx, token) => people[token.accountId].claims,
  // What somebody may not have is refused whole: a client that steps up would otherwise ask for ever.
  loadExistingGrant: (ctx) => {
    const { session, client, requestParamScopes, result } = ctx.oidc;
    const own = people[session.accountId]?.scopes ?? [];
    if ([...requestParamScopes].some((scope) => scopes.includes(scope) && !own.includes(scope))) throw new errors.AccessDenied('not for this person');
    const grant = result?.consent?.grantId ?? session.grantIdFor(client.clientId);
    return grant && ctx.oidc.provider.Grant.find(grant);
  },
  features: {
    devInteractions: { enabled: true },
    registration: { enabled: true },
    resourceIndicators: {
      enabled: true,
      useGrantedResource: () => true,
      getResourceServerInfo: (ctx, resource) => ({ scope: scopes.join(' '), audience: resource, accessTokenFormat: 'jwt', accessTokenTTL: 600 }),
    },
  },
  pkce: { required: () => true },
  cookies: { keys: [randomUUID()] },
});

// The TypeScript SDK registers with the scopes of the first challenge, and a provider that took them as a ceiling could never widen them.
provider.use(async (ctx, next) => {
  if (ctx.path === '/reg' && ctx.method === 'POST') {
    let text = '';
    for await (const chunk of ctx.req) text += chunk;
    const { scope, ...metadata } = JSON.parse(text);
    ctx.req.body = metadata;
  }
  await next();
});
server.on('request', provider.callback());
console.log(JSON.stringify({ issuer }));
