// The npm openai client, unchanged. Reads {"baseURL","token","call","model","text"} from standard input, prints what the client saw as one line of JSON.
import OpenAI from 'openai';

let input = '';
for await (const chunk of process.stdin) input += chunk;
const { baseURL, token, call, model, text } = JSON.parse(input);

let attempts = 0;
const client = new OpenAI({ baseURL, apiKey: token, fetch: (url, init) => (attempts++, fetch(url, init)) });
const messages = [{ role: 'user', content: text }];

const calls = {
  chat: async () => {
    const completion = await client.chat.completions.create({ model, messages });
    return { text: completion.choices[0].message.content, model: completion.model, tokens: completion.usage.total_tokens };
  },
  stream: async () => {
    const stream = await client.chat.completions.create({ model, messages, stream: true, stream_options: { include_usage: true } });
    let answer = '';
    let pieces = 0;
    let tokens;
    for await (const chunk of stream) {
      if (chunk.choices[0]?.delta?.content) {
        answer += chunk.choices[0].delta.content;
        pieces++;
      }
      tokens = chunk.usage?.total_tokens ?? tokens;
    }
    return { text: answer, pieces, tokens };
  },
  models: async () => {
    const ids = [];
    for await (const found of client.models.list()) ids.push(found.id);
    return { ids };
  },
};

try {
  console.log(JSON.stringify({ ...(await calls[call]()), attempts }));
} catch (error) {
  if (!(error instanceof OpenAI.APIError)) throw error;
  console.log(JSON.stringify({ error: error.constructor.name, status: error.status, code: error.code, type: error.type, message: error.message, attempts }));
}
