using System.Diagnostics;
using Karl.Testing;

namespace Karl.Graphs.Tests.Gradients;

/// <summary>What gradients cost: the table of docs/gradients.md. Runs only where KARL_MEASURE is set, because machines that do other work at the same time say nothing.</summary>
[TestClass]
public sealed class GradientTimes
{
    /// <summary>A rule beyond that walks through memory far too often.</summary>
    private const double MostTimesForward = 100;

    public required TestContext TestContext { get; set; }

    [TestMethod]
    [DataRow("convolution [16, 64, 32, 32], 3 x 3, to 64")]
    [DataRow("convolution [4, 512, 16, 16], 3 x 3, to 512")]
    [DataRow("convolution [8, 3, 64, 64], 3 x 3, to 128")]
    [DataRow("attention [4, 512, 512], 8 heads")]
    [DataRow("layer normalization [8, 512, 512]")]
    [DataRow("group normalization [4, 128, 64, 64], 32 groups")]
    [DataRow("GELU [8, 512, 2048]")]
    [DataRow("linear layer [8, 512, 512] to 2048")]
    [DataRow("gather 8192 of [1024, 256]")]
    [DataRow("gather 8192 of [256, 512]")]
    public void Gradient_AgainstForward_TakesSoLong(string what)
    {
        if (Environment.GetEnvironmentVariable("KARL_MEASURE") is null) Assert.Inconclusive("Set KARL_MEASURE=1 to measure.");
        var forward = Milliseconds(what, differentiated: false);
        var both = Milliseconds(what, differentiated: true);

        TestContext.WriteLine($"| {what} | {forward:F1} ms | {both - forward:F1} ms | {(both - forward) / forward:F1} |");

        Assert.IsLessThan(MostTimesForward * Math.Max(forward, 1), both);
    }

    private static Tensor Build(GradientInputs b, string what) => what[..what.IndexOfAny([']', ','])] switch
    {
        "convolution [16" => b.X(16, 64, 32, 32).Convolution(b.X(64, 64, 3, 3), b.X(64), padding: 1),
        "convolution [4" => b.X(4, 512, 16, 16).Convolution(b.X(512, 512, 3, 3), b.X(512), padding: 1),
        "convolution [8" => b.X(8, 3, 64, 64).Convolution(b.X(128, 3, 3, 3), b.X(128), padding: 1),
        "attention [4" => b.X(4, 512, 512).Attention(b.X(4, 512, 512), b.X(4, 512, 512), 8),
        "layer normalization [8" => b.X(8, 512, 512).LayerNormalization(b.X(512), b.X(512)),
        "group normalization [4" => b.X(4, 128, 64, 64).GroupNormalization(32, b.X(128), b.X(128)),
        "GELU [8" => b.X(8, 512, 2048).Gelu(),
        "linear layer [8" => b.X(8, 512, 512).Linear(b.X(2048, 512), b.X(2048)),
        "gather 8192 of [1024" => b.X(1024, 256).Gather(b.Whole(0, 1023, 8192)),
        "gather 8192 of [256" => b.X(256, 512).Gather(b.Whole(0, 255, 8192)),
        _ => throw new ArgumentException(what),
    };

    private static double Milliseconds(string what, bool differentiated)
    {
        var graph = new Graph("times");
        var inputs = new GradientInputs(graph, ElementType.Float32);
        var loss = Build(inputs, what).ReduceSumSquare();
        graph.Output("loss", loss);
        if (differentiated)
        {
            // Sums in place of the gradients themselves, so that handing them over is not measured.
            foreach (var (gradient, index) in graph.Gradients(loss, inputs.Wanted).Select((gradient, index) => (gradient, index))) graph.Output($"gradient {index}", gradient.ReduceMax());
        }
        using var session = new OnnxSession(graph, threads: 2);
        var times = new List<double>();
        for (var clock = Stopwatch.StartNew(); clock.ElapsedMilliseconds < 2500 || times.Count < 5;)
        {
            var start = clock.Elapsed.TotalMilliseconds;
            session.Run(inputs.Data);
            times.Add(clock.Elapsed.TotalMilliseconds - start);
        }
        return times.Min();
    }
}
