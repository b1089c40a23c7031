// What the TypeScript SDK's server takes a resource's URI for. Reads {"resources":[...],"uris":[...]} from standard input, prints one line of JSON:
// for each URI its URL as it is written by node, null where it is none, and the resource that was read, null where none was.
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';

let input = '';
for await (const chunk of process.stdin) input += chunk;
const { resources, uris } = JSON.parse(input);

const server = new McpServer({ name: 'resources', version: '1' });
for (const uri of resources) server.registerResource(uri, uri, {}, async () => ({ contents: [{ uri, text: uri }] }));
const [ours, theirs] = InMemoryTransport.createLinkedPair();
const client = new Client({ name: 'reader', version: '1' });
await Promise.all([server.connect(theirs), client.connect(ours)]);

const answers = [];
for (const uri of uris) {
  const url = URL.canParse(uri) ? new URL(uri).toString() : null;
  const read = await client.readResource({ uri }).then(r => r.contents[0].text, () => null);
  answers.push({ url, read });
}
console.log(JSON.stringify(answers));
await client.close();
