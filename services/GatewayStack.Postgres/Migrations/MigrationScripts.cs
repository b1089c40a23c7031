using System.Collections.Immutable;
using System.Reflection;

namespace GatewayStack.Postgres.Migrations;

/// <summary>A set of numbered SQL scripts, embedded in a module's assembly: <c>0001_name.sql</c>, <c>0002_name.sql</c>, ... without a gap.</summary>
/// <remarks>A script is never changed once it has landed. It runs in a transaction of its own, in the schema <c>gatewaystack</c>, as the owner's role;
/// <c>$runtime$</c> stands for the quoted name of the role that the service runs as, which owns nothing and gets what the script grants.</remarks>
public sealed class MigrationScripts
{
    /// <summary>Reads the scripts.</summary>
    /// <param name="name">Name of the set, lower-case letters; several sets may stand in one database.</param>
    /// <param name="assembly">Where they are embedded.</param>
    /// <param name="folder">Their folder as a namespace, such as <c>GatewayStack.Limits.Postgres.Migrations</c>.</param>
    /// <exception cref="InvalidOperationException">There is none, or the numbers have a gap.</exception>
    public MigrationScripts(string name, Assembly assembly, string folder)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(assembly);
        if (name.Length is 0 or > 40 || !name.All(char.IsAsciiLetterLower))
        {
            throw new ArgumentException("The name of a set of scripts is lower-case letters.", nameof(name));
        }

        Name = name;
        var prefix = folder + ".";
        var scripts = ImmutableArray.CreateBuilder<MigrationScript>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(r => r.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            scripts.Add(new MigrationScript(resource[prefix.Length..], reader.ReadToEnd()));
            if (NumberOf(scripts[^1].Name) != scripts.Count)
            {
                throw new InvalidOperationException($"{scripts[^1].Name} is not script number {scripts.Count} of {folder}.");
            }
        }

        Scripts = scripts.Count > 0 ? scripts.ToImmutable() : throw new InvalidOperationException($"{folder} has no scripts: are they embedded?");
    }

    private MigrationScripts(string name, ImmutableArray<MigrationScript> scripts)
    {
        Name = name;
        Scripts = scripts;
    }

    /// <summary>Name of the set.</summary>
    public string Name { get; }

    /// <summary>Number of the last script: the schema's version.</summary>
    public int Version => Scripts.Length;

    internal ImmutableArray<MigrationScript> Scripts { get; }

    /// <summary>The table that says which scripts have run.</summary>
    internal string Journal => "migrations_" + Name;

    /// <summary>The set as a version of the program knew it that had only so many scripts.</summary>
    internal MigrationScripts UpTo(int version) => new(Name, [.. Scripts.Take(version)]);

    /// <summary>A script's number; 0 for a name that has none.</summary>
    internal static int NumberOf(string script) =>
        script.IndexOf('_', StringComparison.Ordinal) is > 0 and var end && int.TryParse(script.AsSpan(0, end), System.Globalization.NumberStyles.None, null, out var number) ? number : 0;
}

internal sealed record MigrationScript(string Name, string Text);
