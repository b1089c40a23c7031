// The TypeScript SDKs' MCP clients, v1 and v2, unchanged, signing in as an application does: a loopback server for the answer, and a browser that somebody else drives.
// Reads its settings as JSON from the first argument: {"sdk":"v1|v2","url":"...","calls":[{"name":"calendar.list","arguments":{}}],"document":"https://..."}
// Prints {"open":"..."} for each page to be opened, and at the end what it saw, one line of JSON each.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

const { sdk, url, calls, document } = JSON.parse(process.argv[2]);
const { Client, StreamableHTTPClientTransport, UnauthorizedError } =
  sdk === 'v1'
    ? {
        ...(await import('@modelcontextprotocol/sdk/client/index.js')),
        ...(await import('@modelcontextprotocol/sdk/client/streamableHttp.js')),
        ...(await import('@modelcontextprotocol/sdk/client/auth.js')),
      }
    : await import('@modelcontextprotocol/client');

let arrived;
const loopback = createServer((request, response) => {
  const answer = new URL(request.url, 'http://127.0.0.1');
  response.end('You can close this page.');
  if (answer.pathname === '/callback') arrived(answer.searchParams);
});
await new Promise((listening) => loopback.listen(0, '127.0.0.1', listening));

const kept = {};
let opened = 0;
let answered;
const provider = {
  redirectUrl: `http://127.0.0.1:${loopback.address().port}/callback`,
  clientMetadataUrl: document,
  clientMetadata: {
    client_name: `TypeScript SDK ${sdk}`,
    redirect_uris: [`http://127.0.0.1:${loopback.address().port}/callback`],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  },
  state: () => (kept.state = randomUUID()),
  clientInformation: () => kept.client,
  saveClientInformation: (client) => void (kept.client = client),
  tokens: () => kept.tokens,
  saveTokens: (tokens) => void (kept.tokens = tokens),
  codeVerifier: () => kept.verifier,
  saveCodeVerifier: (verifier) => void (kept.verifier = verifier),
  discoveryState: () => kept.discovery,
  saveDiscoveryState: (state) => void (kept.discovery = state),
  redirectToAuthorization: (address) => {
    opened += 1;
    if (opened > 5) throw new Error('It asks for ever.');
    answered = new Promise((resolve) => (arrived = resolve));
    console.log(JSON.stringify({ open: String(address) }));
  },
};

class Refused extends Error {}

// What the SDKs' own examples do: after UnauthorizedError, wait for the browser's answer, hand it over, and go on.
async function signedIn(transport) {
  const answer = await answered;
  if (answer.get('state') !== kept.state) throw new Error('The state is another one.');
  if (answer.has('error')) throw new Refused(answer.get('error'));
  await transport.finishAuth(sdk === 'v1' ? answer.get('code') : answer);
}

async function connect() {
  for (;;) {
    const transport = new StreamableHTTPClientTransport(new URL(url), { authProvider: provider });
    const client = new Client({ name: `typescript-${sdk}`, version: '1.0.0' }, sdk === 'v2' ? { versionNegotiation: { mode: 'auto' } } : {});
    try {
      await client.connect(transport);
      return { client, transport };
    } catch (error) {
      if (!(error instanceof UnauthorizedError)) throw error;
      await signedIn(transport);
    }
  }
}

async function call({ client, transport }, { name, arguments: args }) {
  for (;;) {
    try {
      const { isError = false, content, structuredContent } = await client.callTool({ name, arguments: args });
      return { name, isError, text: content?.[0]?.text, structured: structuredContent };
    } catch (error) {
      if (!(error instanceof UnauthorizedError)) return { name, thrown: error.constructor.name, message: error.message };
      try {
        await signedIn(transport);
      } catch (refusal) {
        if (!(refusal instanceof Refused)) throw refusal;
        return { name, refused: refusal.message };
      }
    }
  }
}

const seen = { results: [] };
try {
  const connection = await connect();
  seen.era = connection.client.getProtocolEra?.() ?? 'legacy';
  seen.tools = (await connection.client.listTools()).tools.map((tool) => tool.name);
  for (const wanted of calls) seen.results.push(await call(connection, wanted));
  await connection.client.close();
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  seen.refused = error.message;
}
loopback.close();
console.log(JSON.stringify({ ...seen, opened, client: kept.client?.client_id, scope: kept.tokens?.scope, renewable: kept.tokens?.refresh_token !== undefined }));
