import OpenAI from 'openai';

const client = new OpenAI({ baseURL: 'http://127.0.0.1:8080/v1', apiKey: process.env.GATEWAY_TOKEN });

const stream = await client.chat.completions.create({
  model: 'gpt-4o-mini',
  messages: [{ role: 'user', content: 'Where is my file?' }],
  stream: true,
});
for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta?.content ?? '');

try {
  await client.chat.completions.create({ model: 'gpt-4-medical', messages: [{ role: 'user', content: 'Is aspirin safe?' }] });
} catch (error) {
  console.log(`\n${error.message}`);
}
