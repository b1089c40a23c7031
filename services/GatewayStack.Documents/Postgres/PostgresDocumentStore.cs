using System.Collections.Immutable;
using GatewayStack.Contracts.Settings;
using GatewayStack.Postgres;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GatewayStack.Documents.Postgres;

/// <summary>A document among the numbered versions of its owner's database, shared by the owner's replicas.</summary>
internal sealed class PostgresDocumentStore<T>(
    string name,
    IDocumentFormat<T> format,
    DocumentSource source,
    OwnerDatabase database,
    DocumentsOptions options,
    TimeProvider time,
    DocumentMetrics metrics,
    ILogger logger) : WatchedDocumentStore<T>(name, format, source, time, metrics, logger)
    where T : class
{
    /// <summary>The channel on which a new version is told, with the document's name.</summary>
    public const string Channel = "gateway_documents";

    private readonly Lock _lock = new();
    private ImmutableArray<DocumentError> _fileErrors = [];
    private byte[]? _fileSeen;
    private (long Version, DocumentText Text) _last;
    private long _reachedAt;

    public OwnerDatabase Database => database;

    public override bool IsStale => Time.GetElapsedTime(Volatile.Read(ref _reachedAt)) > options.MaxStaleness;

    public override ImmutableArray<DocumentError> LastErrors
    {
        get
        {
            lock (_lock)
            {
                return _fileErrors.IsEmpty ? base.LastErrors : _fileErrors;
            }
        }
    }

    /// <summary>Opens the database, takes the file in and puts the first version in force.</summary>
    /// <exception cref="StartRefusedException">There is no good version, or no database.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await database.OpenAsync(cancellationToken);
        var read = await ReadAsync(cancellationToken);
        try
        {
            PutFirst(read);
        }
        catch (DocumentException e)
        {
            throw new StartRefusedException($"The document {Name} ({read.Source}) cannot be put in force: {Describe(e.Errors)}.", e);
        }
    }

    public override async Task<DocumentReload> ReloadAsync(CancellationToken cancellationToken)
    {
        // Whoever asks means the file, even one that was seen before and that another version has replaced since.
        lock (_lock)
        {
            _fileSeen = null;
        }

        var reload = await base.ReloadAsync(cancellationToken);
        lock (_lock)
        {
            return _fileErrors.IsEmpty ? reload : reload with { Succeeded = false, Errors = _fileErrors };
        }
    }

    private protected override async ValueTask<DocumentText> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await TakeFileInAsync(cancellationToken);
            var read = await database.Pipeline.ExecuteAsync(ReadActiveAsync, cancellationToken);
            Volatile.Write(ref _reachedAt, Time.GetTimestamp());
            return read;
        }
        catch (Exception e) when (OwnerDatabase.IsUnavailable(e))
        {
            return new DocumentText(new DocumentBytes(default, new DocumentError(string.Empty, $"the database {database.Name} does not answer")), database.Name, null);
        }
    }

    /// <summary>Makes the file the next version, if it is good, changed, and not in force already. Bad ones are told once.</summary>
    private async Task TakeFileInAsync(CancellationToken cancellationToken)
    {
        if (Source.Path is null)
        {
            return;
        }

        var file = new DocumentText(DocumentLoader.Read(Source), Source.Name, Source.Path);
        var digest = Digest(file);
        lock (_lock)
        {
            if (_fileSeen is not null && digest.AsSpan().SequenceEqual(_fileSeen))
            {
                return;
            }
        }

        var loaded = Compile(file);
        if (loaded.Value is null)
        {
            DocumentLog.Rejected(Logger, Name, Source.Name, _last.Version == 0 ? "none" : Current.Revision, loaded.Errors.Length, Describe(loaded.Errors));
        }
        else
        {
            await database.Pipeline.ExecuteAsync(token => ImportAsync(file, loaded.Revision, token), cancellationToken);
        }

        lock (_lock)
        {
            _fileErrors = loaded.Errors;
            _fileSeen = digest;
        }
    }

    private async ValueTask ImportAsync(DocumentText file, string revision, CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        // One replica at a time: the others find the version there.
        await ExecuteAsync(connection, "SELECT pg_advisory_xact_lock(hashtextextended('document:' || $1, 0))", cancellationToken, Name);
        await using (var active = Command(connection, "SELECT d.revision FROM active_documents a JOIN documents d USING (name, version) WHERE name = $1", Name))
        {
            if (await active.ExecuteScalarAsync(cancellationToken) is string inForce && inForce == revision)
            {
                return;
            }
        }

        await using var insert = Command(
            connection,
            "INSERT INTO documents(name, version, revision, content, source, imported_by) "
            + "SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5 FROM documents WHERE name = $1 RETURNING version",
            Name,
            revision,
            file.Bytes.Bytes.ToArray(),
            file.Source,
            Environment.MachineName);
        var version = (long)(await insert.ExecuteScalarAsync(cancellationToken))!;
        await ExecuteAsync(
            connection, "INSERT INTO active_documents VALUES($1, $2) ON CONFLICT (name) DO UPDATE SET version = excluded.version", cancellationToken, Name, version);
        await ExecuteAsync(connection, $"SELECT pg_notify('{Channel}', $1)", cancellationToken, Name);
        await transaction.CommitAsync(cancellationToken);
        DocumentLog.Imported(Logger, Name, file.Source, database.Name, version, revision);
    }

    /// <summary>The version in force; its text is fetched only when it is another one than last time. The built-in text where there is none.</summary>
    private async ValueTask<DocumentText> ReadActiveAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var command = Command(
            connection,
            "SELECT version, source, CASE WHEN version <> $2 THEN content END FROM active_documents JOIN documents USING (name, version) WHERE name = $1",
            Name,
            _last.Version);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            // A file that is bad at the start, with nothing in the database, is not what the operator meant to run without.
            return Source.Path is null
                ? new DocumentText(DocumentLoader.Read(Source), Source.Name, null)
                : new DocumentText(new DocumentBytes(default, new DocumentError(string.Empty, $"{Source.Name} is bad, and {database.Name} has no version")), Source.Name, null);
        }

        if (!await reader.IsDBNullAsync(2, cancellationToken))
        {
            var version = reader.GetInt64(0);
            var from = reader.GetString(1);
            _last = (version, new DocumentText(new DocumentBytes(reader.GetFieldValue<byte[]>(2), null), $"{database.Name} version {version} of {from}", from));
        }

        return _last.Text;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string text, params ReadOnlySpan<object> values)
    {
#pragma warning disable CA2100 // Constants of this class.
        var command = new NpgsqlCommand(text, connection);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string text, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = Command(connection, text, values);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
