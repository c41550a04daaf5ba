using Karl.Benchmarks.Measuring;

namespace Karl.Benchmarks.Overhead;

/// <summary>An encoder on as many images in the same batches as the library takes, without the library: inputs are made beforehand.</summary>
internal sealed class BareRuns : IDisposable
{
    private readonly GraphFeed[] _batches;
    private readonly GraphFeed[] _feeds;

    /// <summary>Fills the inputs.</summary>
    /// <param name="graph">The encoder; it stays the caller's.</param>
    /// <param name="budget">Tokens.</param>
    /// <param name="images">How many images.</param>
    /// <param name="batchSize">Most images in one run.</param>
    public BareRuns(LoadedGraph graph, int budget, int images, int batchSize)
    {
        int[] sizes = [.. Enumerable.Range(0, images).Chunk(batchSize).Select(batch => batch.Length)];
        Dictionary<int, GraphFeed> feeds = sizes.Distinct().ToDictionary(
            size => size,
            size => new GraphFeed(graph, new Dictionary<string, long> { ["batch"] = size, ["budget"] = budget }, (_, _) => budget));
        _feeds = [.. feeds.Values];
        _batches = [.. sizes.Select(size => feeds[size])];
    }

    /// <summary>All batches once.</summary>
    public void Run()
    {
        foreach (GraphFeed batch in _batches)
        {
            batch.Run();
        }
    }

    public void Dispose() => Array.ForEach(_feeds, feed => feed.Dispose());
}
