// The TypeScript SDKs' MCP clients, v1 and v2, unchanged. Reads one JSON object from standard input, prints what the client saw as one line of JSON.
// {"sdk":"v1|v2","era":"legacy|auto","url":"...","tokenUrl":"...","user":"alice","scope":"calendar:read","calls":[{"name":"calendar.list","arguments":{}}]}
// A call that is answered by a challenge is made again on a new connection, with a token for the scopes that the challenge named: alone as v1 does it, beside those held as v2 does.
const { sdk, era, url, tokenUrl, user, scope, calls, traceparent } = JSON.parse(await read());

const { Client, StreamableHTTPClientTransport, extractWWWAuthenticateParams, computeScopeUnion = (_, wanted) => wanted } =
  sdk === 'v1'
    ? {
        ...(await import('@modelcontextprotocol/sdk/client/index.js')),
        ...(await import('@modelcontextprotocol/sdk/client/streamableHttp.js')),
        ...(await import('@modelcontextprotocol/sdk/client/auth.js')),
      }
    : await import('@modelcontextprotocol/client');

let challenge;

async function read() {
  let input = '';
  for await (const chunk of process.stdin) input += chunk;
  return input;
}

// The token is minted for this route: its URL is the resource.
async function token(scopes) {
  const answer = await fetch(tokenUrl, { method: 'POST', body: JSON.stringify({ user, resource: url, scope: scopes }) });
  const body = await answer.json();
  return answer.ok ? body.access_token : Promise.reject(new Error(body.error));
}

async function connect(scopes) {
  const headers = { Authorization: `Bearer ${await token(scopes)}`, ...(traceparent && { traceparent }) };
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers },
    fetch: async (address, init) => {
      const response = await fetch(address, init);
      if (response.status === 401 || response.status === 403) challenge = { status: response.status, ...extractWWWAuthenticateParams(response) };
      return response;
    },
  });
  const client = new Client({ name: `typescript-${sdk}`, version: '1.0.0' }, sdk === 'v2' ? { versionNegotiation: { mode: era } } : {});
  await client.connect(transport);
  return { client, transport };
}

async function call({ client }, { name, arguments: args }) {
  challenge = undefined;
  try {
    const result = await client.callTool({ name, arguments: args });
    return { name, isError: result.isError ?? false, text: result.content?.[0]?.text, structured: result.structuredContent, meta: result._meta, challenge };
  } catch (error) {
    return { name, thrown: error.constructor.name, code: error.code, message: error.message, challenge };
  }
}

let connection = await connect(scope);
const seen = {
  era: connection.client.getProtocolEra?.() ?? 'legacy',
  version: connection.client.getNegotiatedProtocolVersion?.() ?? connection.transport.protocolVersion,
  session: connection.transport.sessionId !== undefined,
  tools: (await connection.client.listTools()).tools,
  results: [],
};
for (const wanted of calls) {
  let result = await call(connection, wanted);
  if (result.challenge?.error === 'insufficient_scope') {
    seen.steppedUp = result;
    try {
      const wider = await connect(computeScopeUnion(scope, result.challenge.scope));
      await connection.client.close();
      connection = wider;
      result = await call(connection, wanted);
    } catch (error) {
      result = { name: wanted.name, refused: error.message };
    }
  }
  seen.results.push(result);
}
await connection.client.close();
console.log(JSON.stringify(seen));
