using Karl.Export.Checkpoints;
using Karl.Export.Exporting.Internals;
using Karl.Export.Families;
using Karl.Graphs;
using Karl.Graphs.Onnx;
using Karl.Networks;
using Karl.Tokenizers.Bundles;

namespace Karl.Export.Exporting;

/// <summary>Turns published checkpoints of every family into model bundles. The same checkpoint and options give the same bytes.</summary>
public static class KarlExporter
{
    private const int PublishedBudget = 256;
    private const float PublishedEpsilon = 0.05f;

    /// <summary>Writes a bundle; it is there whole or not at all.</summary>
    /// <param name="checkpointPath">A <c>.pth</c>, <c>.ckpt</c>, <c>.bin</c> or <c>.safetensors</c> file.</param>
    /// <param name="bundlePath">Where the <c>.karl</c> file goes; an existing one is replaced.</param>
    /// <param name="options">How; null is the defaults.</param>
    /// <param name="cancellationToken">Stops; nothing remains.</param>
    /// <returns>The manifest as written.</returns>
    /// <exception cref="Tokenizers.KarlFormatException">The checkpoint is damaged, of no known family, or contradicts what is said about it.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static BundleManifest Export(string checkpointPath, string bundlePath, ExportOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(checkpointPath);
        ArgumentException.ThrowIfNullOrEmpty(bundlePath);
        if (Path.GetFullPath(checkpointPath) == Path.GetFullPath(bundlePath)) throw new ArgumentException($"'{bundlePath}' is the checkpoint itself; name another file for the bundle.");
        options ??= new();
        using var checkpoint = Checkpoint.Open(checkpointPath);
        var weights = checkpoint.Weights(options.Weights);
        var family = ExportFamily.Of(weights, options.Hint);
        var inferred = family.Infer(checkpoint, weights, options.Hint ?? family.HintBeside(checkpointPath));
        var architecture = inferred.Architecture;
        var graphs = architecture.Describe();
        var names = family.WeightNames(architecture);
        WeightCheck.Require(weights, names, graphs.Select(part => part.Graph), family.IsTrainingOnly);
        var provenance = checkpoint.ComputeProvenance(cancellationToken);
        var source = new BundleSource(provenance.FileName, provenance.Sha256, Choice(weights.Source));
        var originals = new CheckpointWeights(weights, names);
        return BundleWriter.Write(
            bundlePath,
            family.Complete(Manifest(family, inferred, options, source), architecture),
            graphs.Select(graph => new BundlePartSource(graph.Name + ".onnx", stream => Write(graph.Graph, originals, options, stream))),
            cancellationToken);
    }

    private static void Write(Graph graph, IWeightSource originals, ExportOptions options, Stream stream)
    {
        var folded = graph.Fold();
        IWeightSource weights = new FoldedWeights(folded, originals);
        (graph, weights) = options.Storage switch
        {
            WeightStorage.Float16 => HalfStorage.Apply(folded.Graph, weights),
            WeightStorage.Int8 => Int8Products.Apply(folded.Graph, weights),
            _ => (folded.Graph, weights),
        };
        OnnxWriter.Write(graph, stream, weights);
    }

    private static BundleManifest Manifest(ExportFamily family, InferredTokenizer inferred, ExportOptions options, BundleSource source)
    {
        var architecture = inferred.Architecture;
        return new()
        {
            FormatVersion = BundleManifest.SupportedFormatVersion,
            Family = family.Name,
            Base = architecture.Base.Name,
            Quantized = architecture.Quantized,
            Preset = inferred.Preset,
            ImageSize = architecture.ImageSize,
            GridSize = architecture.GridSize,
            ImageTokens = architecture.GridSize * architecture.GridSize,
            MaximumBudget = architecture.MaximumLatents,
            DefaultBudget = Math.Min(PublishedBudget, architecture.MaximumLatents),
            DefaultEpsilon = inferred.DefaultEpsilon ?? PublishedEpsilon,
            LatentWidth = architecture.LatentWidth,
            CodebookSize = architecture.Quantized ? architecture.LatentCodebookSize : null,
            ErrorBins = [],
            HaltingThreshold = null,
            InputRange = [0, 1],
            Storage = options.Storage.ToString().ToLowerInvariant(),
            Parts = [],
            Encoder = Size(architecture.Encoder),
            Decoder = Size(architecture.Decoder),
            Source = source,
        };
    }

    private static BundleTransformer Size(TransformerSize size) => new(size.Width, size.Layers, size.Heads);

    /// <summary>"ema" of "checkpoint.pth: ema"; "model" where the file is nothing but weights.</summary>
    private static string Choice(string source) => source.LastIndexOf(": ", StringComparison.Ordinal) is >= 0 and var colon ? source[(colon + 2)..] : "model";
}
