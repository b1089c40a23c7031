namespace GatewayStack.Demo.Configuration;

/// <summary>Three commands that show the product in a minute, for whoever starts it.</summary>
public static class DemoCommands
{
    /// <summary>The commands, each on a line of its own, with a word before them.</summary>
    /// <param name="frontDoor">The gateway's public URL, without a slash at its end.</param>
    public static string For(string frontDoor) => $$"""

        Get a token for Alice, a doctor; ask the medical model as Alice; be refused as Nora, a nurse:

          TOKEN=$(curl -s -H 'Accept: text/plain' -d '{"user":"alice"}' {{frontDoor}}/demo/token)
          curl -s {{frontDoor}}/v1/chat/completions -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"model":"gpt-4-medical","messages":[{"role":"user","content":"Is aspirin safe after surgery?"}]}'
          curl -s {{frontDoor}}/v1/chat/completions -H "Authorization: Bearer $(curl -s -H 'Accept: text/plain' -d '{"user":"nora"}' {{frontDoor}}/demo/token)" -H 'Content-Type: application/json' -d '{"model":"gpt-4-medical","messages":[{"role":"user","content":"Is aspirin safe after surgery?"}]}'

        """;
}
