using GatewayStack.Contracts.Keys;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Settings;
using GatewayStack.Wire.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Wire.Security;

/// <summary>
/// Waits at the start until Identity gives this service the key of its events: a stack that starts in any order comes up, and nothing is recorded in the clear before.
/// </summary>
internal sealed class KeysAwaited(OwnService own, IServiceProvider services, TimeProvider time, ILogger<KeysAwaited> logger) : IHostedLifecycleService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        // A service that records no events can do most of its work without a key.
        if (services.GetService<IDataKeys>() is not { } keys || !CallTable.PurposesOf(own.Name).Contains(DataKeyPurposes.EventPersonal))
        {
            return;
        }

        for (var attempt = 0; ; attempt++)
        {
            try
            {
                _ = await keys.GetCurrentAsync(DataKeyPurposes.EventPersonal, cancellationToken);
                return;
            }
            catch (ModuleCallException e) when (e.Fault == ModuleFault.Wiring)
            {
                throw new StartRefusedException(
                    "identity refuses this service's calls. Service:Credential here must be what Service:Callers says there, and both must be of one version.", e);
            }
            catch (ModuleCallException e) when (!cancellationToken.IsCancellationRequested)
            {
                if (attempt == 0)
                {
                    logger.IdentityAwaited(e.Fault);
                }
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
