using GatewayStack.Contracts.Router;
#if DEMO
using GatewayStack.Demo.Configuration;
#endif
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
                Describe(door);
            }

            return Task.CompletedTask;
        }

        private static void Describe(string door) =>
#if DEMO
            Console.WriteLine(DemoCommands.For(door));
#else
            Console.WriteLine($"Demo: {door}/demo");
#endif

        private static string Word(ModuleMode mode) => mode.ToString().ToLowerInvariant();

        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
