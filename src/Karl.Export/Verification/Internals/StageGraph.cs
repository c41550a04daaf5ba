using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Sessions.Internals;

namespace Karl.Export.Verification.Internals;

/// <summary>A stage made ready: its graph loaded, and where each recorded quantity comes from in it.</summary>
internal sealed class StageGraph : IDisposable
{
    private readonly Dictionary<RecordedQuantity, string?> _sources;

    private StageGraph(Dictionary<RecordedQuantity, string?> sources, HashSet<string> outputs, Numbers? baseCodebook, ProbeSession? session)
    {
        _sources = sources;
        Outputs = outputs;
        BaseCodebook = baseCodebook;
        Session = session;
    }

    /// <summary>The tensors that a run gives.</summary>
    public HashSet<string> Outputs { get; }

    /// <summary>The codebook of the VQGAN underneath; null where the stage does not need it or there is none.</summary>
    public Numbers? BaseCodebook { get; }

    /// <summary>The loaded graph; null where nothing of it is wanted.</summary>
    public ProbeSession? Session { get; }

    /// <summary>Loads a stage's graph with everything as an output that the recording holds and later stages need.</summary>
    /// <exception cref="KarlFormatException">The part is damaged, or is not what its bundle says.</exception>
    public static StageGraph Load(Bundle bundle, Stage stage, IReadOnlyCollection<RecordedKey> keys, IEnumerable<string> needed, int? threads)
    {
        var partName = stage is Stage.Encoder or Stage.EncoderParts ? Bundle.EncoderPart : Bundle.DecoderPart;
        var name = $"Bundle '{bundle.Name}', part '{partName}'";
        var (graph, model) = Read(bundle, stage, partName, keys, needed);
        if (model is null)
        {
            return graph;
        }

        var session = Open(ref model, name, threads);
        var contract = stage is Stage.Encoder or Stage.EncoderParts ? GraphContract.Encoder(bundle.Manifest) : GraphContract.Decoder(bundle.Manifest);
        string[] problems = stage == Stage.BaseDecoder ? [] : [.. contract.Problems(session.Session)];
        if (problems.Length > 0)
        {
            session.Dispose();
            throw new KarlFormatException($"Bundle '{bundle.Name}': part '{partName}': {string.Join(" ", problems)}");
        }

        return new StageGraph(graph._sources, graph.Outputs, graph.BaseCodebook, session);
    }

    /// <summary>The tensor that a quantity comes from; null where the graph has none.</summary>
    public string? Source(RecordedQuantity quantity) => _sources[quantity];

    public void Dispose() => Session?.Dispose();

    /// <summary>Loads a model and lets its bytes go.</summary>
    /// <remarks>ONNX Runtime is about to need hundreds of megabytes that the garbage collector does not hear of, so it is asked for those that nobody uses any more.</remarks>
    private static ProbeSession Open(ref byte[]? model, string name, int? threads)
    {
        CollectLargeArrays();
        var session = new ProbeSession(model!, name, threads);
        model = null;
        CollectLargeArrays();
        return session;
    }

    private static void CollectLargeArrays() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    /// <summary>Reads the part and lets its bytes go: only the model that is to be loaded remains.</summary>
    private static (StageGraph Graph, byte[]? Model) Read(Bundle bundle, Stage stage, string partName, IReadOnlyCollection<RecordedKey> keys, IEnumerable<string> needed)
    {
        ModelPart part = new(bundle, partName);
        var sources = keys.Select(key => key.Quantity).Distinct().ToDictionary(quantity => quantity, quantity => quantity.Source(part));
        if (stage == Stage.BaseDecoder)
        {
            var wanted = sources.Any(source => source.Key.IsImage && source.Value is not null);
            return (new StageGraph(sources, wanted ? [GraphContract.Image] : [], part.ReadBaseCodebook(), null), wanted ? part.ToBaseDecoder() : null);
        }

        HashSet<string> outputs = new([.. sources.Values.OfType<string>(), .. needed.Where(tensor => part.Find(tensor) is not null)], StringComparer.Ordinal);
        return (new StageGraph(sources, outputs, null, null), outputs.Count > 0 ? part.WithOutputs(outputs) : null);
    }
}
