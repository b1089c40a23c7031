// A model that does as it is told, for agents that cannot be without one: asks for one tool, then says what the tool answered.
// Speaks Anthropic's messages and OpenAI's responses.
// What it is told stands in the path before /v1, {"tool":"calendar.list","arguments":{}} in base64url; the tool is offered under a name that ends so, whatever an agent made of its dots.
// Prints {"url":"..."} when it listens, and ends with its standard input.
import { createServer } from 'node:http';

const plain = (name) => name.replaceAll(/[^A-Za-z]/g, '_');
const wanted = (name, tool) => plain(name).endsWith(plain(tool));
const text = (content) => (typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join(''));

function messages({ tool, arguments: args }, { model, tools = [], messages: said }) {
  const last = said.at(-1).content;
  const result = Array.isArray(last) ? last.find((part) => part.type === 'tool_result') : undefined;
  const offered = tools.find(({ name }) => wanted(name, tool));
  const block = result || !offered ? { type: 'text', text: '' } : { type: 'tool_use', id: 'toolu_1', name: offered.name, input: {} };
  const delta =
    block.type === 'text'
      ? { type: 'text_delta', text: result ? `The tool said: ${text(result.content)}` : 'No such tool is offered.' }
      : { type: 'input_json_delta', partial_json: JSON.stringify(args) };
  const usage = { input_tokens: 1, output_tokens: 1 };
  return [
    { type: 'message_start', message: { id: 'msg_1', type: 'message', role: 'assistant', model, content: [], stop_reason: null, stop_sequence: null, usage } },
    { type: 'content_block_start', index: 0, content_block: block },
    { type: 'content_block_delta', index: 0, delta },
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: block.type === 'text' ? 'end_turn' : 'tool_use', stop_sequence: null }, usage },
    { type: 'message_stop' },
  ];
}

function responses({ tool, arguments: args }, { tools = [], input }) {
  const result = input.find((item) => item.type === 'function_call_output');
  const flat = tools.flatMap((one) => (one.type === 'namespace' ? one.tools.map(({ name }) => ({ name, namespace: one.name })) : [{ name: one.name }]));
  const offered = flat.find(({ name = '', namespace = '' }) => wanted(namespace + name, tool));
  const said = result ? `The tool said: ${text(result.output)}` : 'No such tool is offered.';
  const item =
    result || !offered
      ? { type: 'message', id: 'msg_1', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text: said, annotations: [] }] }
      : { type: 'function_call', id: 'fc_1', call_id: 'call_1', status: 'completed', arguments: JSON.stringify(args), ...offered };
  const usage = { input_tokens: 1, input_tokens_details: { cached_tokens: 0 }, output_tokens: 1, output_tokens_details: { reasoning_tokens: 0 }, total_tokens: 2 };
  const response = { id: 'resp_1', object: 'response', status: 'in_progress', output: [] };
  return [
    { type: 'response.created', response },
    { type: 'response.output_item.added', output_index: 0, item },
    { type: 'response.output_item.done', output_index: 0, item },
    { type: 'response.completed', response: { ...response, status: 'completed', output: [item], usage } },
  ];
}

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const [, told, wire] = /^\/([\w-]+)\/v1\/(\w+)(?:\?|$)/.exec(request.url) ?? [];
  const answer = { messages, responses }[wire];
  if (request.method !== 'POST' || !answer) {
    response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
    return;
  }

  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of answer(JSON.parse(Buffer.from(told, 'base64url')), JSON.parse(body))) response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  response.end();
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
process.stdin.resume().on('end', () => process.exit());
console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` }));
