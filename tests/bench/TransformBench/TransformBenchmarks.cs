using BenchmarkDotNet.Attributes;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.TransformBench;

/// <summary>Time and memory of an inspection.</summary>
[MemoryDiagnoser]
public class TransformBenchmarks
{
    private Subject _subject = null!;
    private string _text = string.Empty;
    private InspectionRequest _request = null!;

    [Params(400, 2_000, 4_000, 32_000)]
    public int Chars { get; set; }

    [Params(false, true)]
    public bool Personal { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _subject = new Subject();
        _text = Texts.Of(Chars, Personal);
        _request = Subject.RequestOf(_text);
    }

    [Benchmark]
    public int Patterns() => _subject.Rows(_text);

    [Benchmark]
    public int Everything() => _subject.Everything(_request);
}
