using GatewayStack.Contracts.Settings;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Events.Spool;

/// <summary>Checks the segments that earlier runs left, before anything is appended.</summary>
internal sealed class SpoolInventory(SpoolFolder folder, EventsMetrics metrics, ILogger logger)
{
    private readonly List<Segment> _segments = [];
    private readonly List<long?> _gaps = [];

    public (IReadOnlyList<Segment> Segments, IReadOnlyList<long?> Gaps) Take()
    {
        foreach (var file in folder.Segments())
        {
            Look(file);
        }

        _segments.Sort((a, b) => a.Number.CompareTo(b.Number));
        return (_segments, _gaps);
    }

    private void Look(string file)
    {
        try
        {
            var segment = Segment.Open(file);
            if (segment.Number == 0)
            {
                // Free, or made and never used.
                segment.Dispose();
                File.Delete(file);
                return;
            }

            SegmentScan.Run(segment, Quarantine);
            _segments.Add(segment);
        }
        catch (InvalidDataException e)
        {
            if (new FileInfo(file).Length == 0)
            {
                File.Delete(file);
                return;
            }

            PrivateFolder.Create(folder.Quarantine);
            File.Move(file, Path.Combine(folder.Quarantine, $"{folder.Epoch}-{Path.GetFileName(file)}"), overwrite: true);
            logger.SegmentUnreadable(file, e.Message);
            metrics.Damaged();
            _gaps.Add(null);
        }
    }

    private void Quarantine(Segment segment, SegmentDamage damage)
    {
        PrivateFolder.Create(folder.Quarantine);
        var name = $"{folder.Epoch}-{Path.GetFileNameWithoutExtension(segment.Path)}-{damage.Start}.bytes";
        File.WriteAllBytes(Path.Combine(folder.Quarantine, name), segment.Raw(damage.Start, damage.End).ToArray());
        logger.Damaged(segment.Path, damage.Start, damage.End);
        metrics.Damaged();
        _gaps.Add(damage.Lost);
    }
}
