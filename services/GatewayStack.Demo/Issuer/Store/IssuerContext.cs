using Microsoft.EntityFrameworkCore;

namespace GatewayStack.Demo.Issuer.Store;

/// <summary>Clients, grants and tokens of the demo issuer: OpenIddict's tables, and a few of its own.</summary>
internal sealed class IssuerContext(DbContextOptions<IssuerContext> options) : DbContext(options)
{
    public DbSet<ClientRow> ClientNotes => Set<ClientRow>();

    public DbSet<ConsentRow> Consents => Set<ConsentRow>();

    public DbSet<EndedRow> Ended => Set<EndedRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ClientRow>().HasKey(c => c.ClientId);
        modelBuilder.Entity<EndedRow>().HasKey(e => e.SessionId);
        modelBuilder.Entity<ConsentRow>().HasKey(c => new { c.Subject, c.ClientId, c.Resource });
    }
}
