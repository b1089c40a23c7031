using GatewayStack.Contracts.Router;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace GatewayStack.Gateway;

/// <summary>What is printed once the gateway listens: where, and in Development three commands that show the product in a minute.</summary>
internal static class Welcome
{
    public static void AddWelcome(this WebApplicationBuilder builder) =>
        builder.Services.AddHostedService(sp => new Printer(sp, demo: builder.Services.Any(d => d.IsKeyedService && Equals(d.ServiceKey, "demo"))));

    private sealed class Printer(IServiceProvider services, bool demo) : IHostedLifecycleService
    {
        public Task StartedAsync(CancellationToken cancellationToken)
        {
            var addresses = services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
            var door = addresses[0];
            Console.WriteLine();
            Console.WriteLine($"GatewayStack listens on {string.Join(", ", addresses[..^1])} (administration on {addresses[^1]})");
            var modes = services.GetRequiredService<ModuleModes>();
            Console.WriteLine($"Modes: transform {Word(modes.Transform)}, policy {Word(modes.Policy)}, limits {Word(modes.Limits)}");
            if (demo)
            {
                Console.WriteLine($$"""

                    Get a token for Alice, a doctor; ask the medical model as Alice; be refused as Nora, a nurse:

                      TOKEN=$(curl -s -H 'Accept: text/plain' -d '{"user":"alice"}' {{door}}/demo/token)
                      curl -s {{door}}/v1/chat/completions -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"model":"gpt-4-medical","messages":[{"role":"user","content":"Is aspirin safe after surgery?"}]}'
                      curl -s {{door}}/v1/chat/completions -H "Authorization: Bearer $(curl -s -H 'Accept: text/plain' -d '{"user":"nora"}' {{door}}/demo/token)" -H 'Content-Type: application/json' -d '{"model":"gpt-4-medical","messages":[{"role":"user","content":"Is aspirin safe after surgery?"}]}'

                    """);
            }

            return Task.CompletedTask;
        }

        private static string Word(ModuleMode mode) => mode.ToString().ToLowerInvariant();

        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
