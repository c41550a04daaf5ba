using Karl.Benchmarks.Measuring;
using Karl.Tokenizers.Bundles;

namespace Karl.Benchmarks.Stages;

/// <summary>Times the four stages of a bundle, the same stages of the original, and plain reference work, all by turns.</summary>
/// <param name="bundle">The exact model.</param>
/// <param name="int8">The same with 8-bit products, or null.</param>
/// <param name="original">The original, or null.</param>
/// <param name="threads">Threads of one run.</param>
/// <param name="warmUps">Runs that do not count.</param>
/// <param name="runs">Runs that do.</param>
internal sealed class StagesBenchmark(Bundle bundle, Bundle? int8, OriginalProcess? original, int threads, int warmUps, int runs) : IDisposable
{
    private const string OursName = "ours";
    private const string Int8Name = "int8";

    /// <summary>The plain matrix product.</summary>
    public ReferenceWork MatrixProduct { get; } = ReferenceWork.MatrixProduct(threads);

    /// <summary>The plain convolution.</summary>
    public ReferenceWork Convolution { get; } = ReferenceWork.Convolution(threads);

    /// <summary>Times all stages, one after another, so that memory holds only one at a time.</summary>
    /// <param name="kept">Numbers of kept tokens to decode.</param>
    /// <param name="progress">Told what is being timed.</param>
    public IReadOnlyList<StageResult> Run(IReadOnlyList<int> kept, Action<string> progress)
    {
        List<StageResult> results = [];
        foreach (Stage stage in Enum.GetValues<Stage>())
        {
            using LoadedGraph graph = StageCuts.Load(bundle, stage, threads);
            using LoadedGraph? quantized = int8 is null || stage.IsOfPixels() ? null : StageCuts.Load(int8, stage, threads);
            GC.Collect();
            foreach (int tokens in TokensOf(stage, kept))
            {
                progress($"{stage.Title()}, {tokens} tokens");
                results.Add(Run(stage, tokens, graph, quantized));
            }
        }

        return results;
    }

    public void Dispose()
    {
        MatrixProduct.Dispose();
        Convolution.Dispose();
    }

    private IEnumerable<int> TokensOf(Stage stage, IReadOnlyList<int> kept) => stage switch
    {
        Stage.LatentEncoder => [bundle.Manifest.DefaultBudget],
        Stage.LatentDecoder => kept,
        _ => [bundle.Manifest.ImageTokens],
    };

    private StageResult Run(Stage stage, int tokens, LoadedGraph graph, LoadedGraph? quantized)
    {
        using GraphFeed feed = StageCuts.Feed(graph, bundle.Manifest, tokens);
        using GraphFeed? quantizedFeed = quantized is null ? null : StageCuts.Feed(quantized, int8!.Manifest, tokens);
        string[] layouts = original is null ? [] : OriginalProcess.Layouts(stage);
        List<Contestant> contestants = [new(OursName, feed.Run), .. layouts.Select(layout => new Contestant(layout, () => original!.Run(stage, tokens, layout)))];
        if (quantizedFeed is not null)
        {
            contestants.Add(new Contestant(Int8Name, quantizedFeed.Run));
        }

        contestants.AddRange([MatrixProduct.Contestant, Convolution.Contestant]);
        IReadOnlyDictionary<string, Timing> timings = Alternation.Run(contestants, warmUps, runs);
        MatrixProduct.Add(timings[MatrixProduct.Name]);
        Convolution.Add(timings[Convolution.Name]);
        string? layout = layouts.MinBy(candidate => timings[candidate].Median);
        return new StageResult(stage, tokens, feed.Flops, timings[OursName], layout is null ? null : timings[layout], layout ?? string.Empty, timings.GetValueOrDefault(Int8Name));
    }
}
