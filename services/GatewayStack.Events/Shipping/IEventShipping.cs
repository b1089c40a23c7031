namespace GatewayStack.Events.Shipping;

/// <summary>Ships what the spool holds to every consumer.</summary>
public interface IEventShipping
{
    /// <summary>Waits until every consumer has stored everything that was appended before the call.</summary>
    /// <remarks>A consumer that is down keeps it waiting: bound it by the token, and go on without.</remarks>
    /// <exception cref="OperationCanceledException">The token ended the wait.</exception>
    Task DrainAsync(CancellationToken cancellationToken);
}
