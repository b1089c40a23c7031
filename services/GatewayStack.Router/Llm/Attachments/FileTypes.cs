using System.Collections.Frozen;

namespace GatewayStack.Router.Llm.Attachments;

/// <summary>What a file is, by its media type or, where that says nothing, by its name.</summary>
internal enum FileKind
{
    /// <summary>Something that is not text.</summary>
    Other,

    /// <summary>Text.</summary>
    Text,

    /// <summary>JSON.</summary>
    Json,

    /// <summary>A document whose text can be read, but not edited.</summary>
    Document,
}

/// <summary>Tells files apart.</summary>
internal static class FileTypes
{
    /// <summary>Media type of a PDF document.</summary>
    public const string Pdf = "application/pdf";

    private const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private static readonly FrozenSet<string> Texts = new[]
    {
        "application/xml", "application/csv", "application/yaml", "application/x-yaml", "application/toml", "application/sql", "application/graphql", "application/javascript",
        "application/x-javascript", "application/ecmascript", "application/typescript", "application/x-typescript", "application/x-sh", "application/x-shellscript", "application/x-python",
        "application/x-python-code", "application/x-ruby", "application/x-perl", "application/x-php", "application/x-httpd-php", "application/x-ndjson", "application/ndjson",
        "application/jsonl",
        "application/jsonlines", "application/x-tex", "application/x-latex", "message/rfc822", "application/x-subrip", "application/json5",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Extensions = Names().ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The media type of a file: what is stated, unless that says nothing, then what its name says.</summary>
    public static string Of(string? stated, string? fileName)
    {
        var type = Bare(stated);
        if (type is not ("" or "application/octet-stream" or "binary/octet-stream"))
        {
            return type;
        }

        var dot = fileName?.LastIndexOf('.') ?? -1;
        return dot >= 0 && Extensions.TryGetValue(fileName![(dot + 1)..], out var named) ? named : "application/octet-stream";
    }

    /// <summary>What a media type is. Rich text is none: its letters stand there as escapes.</summary>
    public static FileKind KindOf(string type) => type switch
    {
        "application/json" or "text/json" => FileKind.Json,
        Pdf or "application/x-pdf" or Docx => FileKind.Document,
        "text/rtf" or "text/richtext" => FileKind.Other,
        _ when type.EndsWith("+json", StringComparison.Ordinal) => FileKind.Json,
        _ when type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("+xml", StringComparison.Ordinal) || type.EndsWith("+yaml", StringComparison.Ordinal)
        || Texts.Contains(type) => FileKind.Text,
        _ => FileKind.Other,
    };

    /// <summary>True where a media type states no other encoding than those that are decoded.</summary>
    public static bool IsDecodable(string stated)
    {
        foreach (var parameter in stated.Split(';').Skip(1))
        {
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && parameter.AsSpan(0, equals).Trim().Equals("charset", StringComparison.OrdinalIgnoreCase)
                && parameter[(equals + 1)..].Trim().Trim('"').ToLowerInvariant() is not ("utf-8" or "utf8" or "us-ascii" or "ascii" or "utf-16" or "utf-16le" or "utf-16be"))
            {
                return false;
            }
        }

        return true;
    }

    private static string Bare(string? stated)
    {
        var end = stated?.IndexOf(';', StringComparison.Ordinal) ?? -1;
        return (end < 0 ? stated : stated![..end])?.Trim().ToLowerInvariant() ?? string.Empty;
    }

    private static Dictionary<string, string> Names()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["json"] = "application/json",
            ["geojson"] = "application/json",
            ["ipynb"] = "application/json",
            ["pdf"] = Pdf,
            ["docx"] = Docx,
            ["csv"] = "text/csv",
            ["tsv"] = "text/tab-separated-values",
            ["html"] = "text/html",
            ["htm"] = "text/html",
            ["xml"] = "application/xml",
            ["svg"] = "image/svg+xml",
            ["md"] = "text/markdown",
            ["yaml"] = "application/yaml",
            ["yml"] = "application/yaml",
            ["eml"] = "message/rfc822",
        };
        const string plain = "txt text log cfg conf ini env properties toml sql jsonl ndjson tex rst adoc diff patch srt vtt ics vcf "
            + "c h cc cpp cxx hpp hh m mm cs fs fsx vb java kt kts scala groovy clj cljs edn js mjs cjs jsx ts tsx vue svelte css scss sass less py pyi rb php pl pm lua r jl go "
                + "rs swift dart zig nim "
            + "ex exs erl hs elm ml mli sh bash zsh fish ps1 psm1 bat cmd tf tfvars hcl gradle cmake make mk dockerfile proto graphql gql sol asm s f90 pas d lisp el scm rkt "
                + "xsd xsl xslt csproj sln "
            + "props targets resx plist";
        foreach (var name in plain.Split(' '))
        {
            names[name] = "text/plain";
        }

        return names;
    }
}
