using GatewayStack.Transform.Classification.Models;

namespace GatewayStack.Transform.Tests.Classification.Models;

public sealed class WeightsFileTests
{
    [Fact]
    public void What_was_written_is_read()
    {
        var columns = Enumerable.Range(0, Heads.Columns).Select(_ => new float[Featurizer.Size]).ToArray();
        (columns[0][5], columns[3][5], columns[13][Featurizer.Size - 1]) = (1.5f, -2f, 0.25f);
        var file = WeightsFile.Write(columns, new float[Heads.Columns], new Calibration[Heads.All.Length], [.. Enumerable.Repeat(new byte[1], Heads.All.Length + 1)]);
        WeightsFile.Read(file).Calibrations.Length.ShouldBe(Heads.All.Length);
    }

    [Fact]
    public void A_damaged_file_is_refused()
    {
        var file = ContentModels.ReadResource(ContentModels.WeightsResource);
        foreach (var damaged in new[] { [], file[..100], file[..^1], [.. file, 0], file[64..], new byte[1000] })
        {
            Should.Throw<ModelException>(() => WeightsFile.Read(damaged));
        }

        file[file.Length / 2] ^= 1;
        Should.Throw<ModelException>(() => WeightsFile.Read(file)).Message.ShouldContain("damaged");
    }
}
