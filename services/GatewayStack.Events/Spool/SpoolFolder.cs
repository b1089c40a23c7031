using System.Globalization;
using System.Security.Cryptography;
using GatewayStack.Contracts.Settings;

namespace GatewayStack.Events.Spool;

/// <summary>The spool's folder: one process at a time, its producer's name, and an epoch that rises at each start.</summary>
internal sealed class SpoolFolder : IDisposable
{
    private const int SharingViolation = unchecked((int)0x80070020);

    private readonly FileStream _lock;

    private SpoolFolder(string path, FileStream lockFile)
    {
        Path = path;
        _lock = lockFile;
    }

    public string Path { get; }

    public required string Producer { get; init; }

    public required long Epoch { get; init; }

    public string Watermarks => System.IO.Path.Combine(Path, "watermarks");

    public string Quarantine => System.IO.Path.Combine(Path, "quarantine");

    /// <summary>Takes the folder for this process and begins its next epoch.</summary>
    /// <exception cref="SpoolInUseException">Another process has it.</exception>
    public static SpoolFolder Open(string path)
    {
        PrivateFolder.Create(path);
        var lockFile = Lock(path);
        try
        {
            var epoch = ReadEpoch(path) + 1;
            WriteDurably(System.IO.Path.Combine(path, "epoch"), epoch.ToString(CultureInfo.InvariantCulture));
            var folder = new SpoolFolder(path, lockFile) { Producer = Mint(path), Epoch = epoch };
            PrivateFolder.Create(folder.Watermarks);
            return folder;
        }
        catch
        {
            lockFile.Dispose();
            throw;
        }
    }

    public string[] Segments() => Directory.GetFiles(Path, "*.segment");

    public string NewSegmentPath()
    {
        var number = 1;
        string path;
        do
        {
            path = System.IO.Path.Combine(Path, $"{number++:D6}.segment");
        }
        while (File.Exists(path));

        return path;
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e.HResult == SharingViolation || e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new SpoolInUseException($"The spool folder {path} is in use by another process: stop it, or give this one a Data:Path of its own.", e);
        }
    }

    private static long ReadEpoch(string path)
    {
        var file = System.IO.Path.Combine(path, "epoch");
        return File.Exists(file) && long.TryParse(File.ReadAllText(file), NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) ? epoch : 0;
    }

    private static string Mint(string path)
    {
        var file = System.IO.Path.Combine(path, "producer");
        if (File.Exists(file) && File.ReadAllText(file).Trim() is { Length: > 0 } known)
        {
            return known;
        }

        var minted = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        WriteDurably(file, minted);
        return minted;
    }

    private static void WriteDurably(string path, string text)
    {
        var draft = path + ".new";
        using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }
}
