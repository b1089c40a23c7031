#:package OpenAI@2.15.0
#:property ManagePackageVersionsCentrally=false
// Run with: GATEWAY_TOKEN=... dotnet run docs/samples/chat.cs
using System.ClientModel;
using OpenAI;
using OpenAI.Chat;

var token = Environment.GetEnvironmentVariable("GATEWAY_TOKEN")!;
var client = new OpenAIClient(new ApiKeyCredential(token), new OpenAIClientOptions { Endpoint = new Uri("http://127.0.0.1:8080/v1") });

var models = client.GetOpenAIModelClient().GetModels().Value;
Console.WriteLine(string.Join(", ", models.Select(m => m.Id)));

await foreach (var update in client.GetChatClient("gpt-4o-mini").CompleteChatStreamingAsync(new UserChatMessage("Where is my file?")))
{
    Console.Write(string.Concat(update.ContentUpdate.Select(part => part.Text)));
}

try
{
    client.GetChatClient("gpt-4-medical").CompleteChat(new UserChatMessage("Is aspirin safe?"));
}
catch (ClientResultException e)
{
    Console.WriteLine($"\n{e.Status}: {e.Message.ReplaceLineEndings(" ")}");
}
