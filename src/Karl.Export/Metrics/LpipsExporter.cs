using Karl.Export.Checkpoints;
using Karl.Export.Exporting.Internals;
using Karl.Export.Naming;
using Karl.Graphs;
using Karl.Graphs.Onnx;
using Karl.Networks;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging.Internals;

namespace Karl.Export.Metrics;

/// <summary>Makes LPIPS, an ONNX graph over two images, out of the usual PyTorch weights. The same checkpoints give the same bytes.</summary>
public static class LpipsExporter
{
    /// <summary>Writes the graph; it is there whole or not at all.</summary>
    /// <param name="networkPath">torchvision's AlexNet or VGG16, of which <c>features.*</c> is taken.</param>
    /// <param name="linearPath">LPIPS's own weights of version 0.1, <c>lin0.model.1.weight</c> to <c>lin4.model.1.weight</c>, for the same network.</param>
    /// <param name="onnxPath">Where the graph goes; an existing file is replaced.</param>
    /// <param name="cancellationToken">Stops; nothing remains.</param>
    /// <returns>The network, as its weights tell it.</returns>
    /// <exception cref="KarlFormatException">A checkpoint is damaged, of another network, or does not fit the other.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static LpipsArchitecture Export(string networkPath, string linearPath, string onnxPath, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(networkPath);
        ArgumentException.ThrowIfNullOrEmpty(linearPath);
        ArgumentException.ThrowIfNullOrEmpty(onnxPath);
        string target = Path.GetFullPath(onnxPath);
        if (target == Path.GetFullPath(networkPath) || target == Path.GetFullPath(linearPath)) throw new ArgumentException($"'{onnxPath}' is a checkpoint; name another file for the graph.");
        using var network = Checkpoint.Open(networkPath);
        using var linear = Checkpoint.Open(linearPath);
        var (features, weights) = (network.Weights(), linear.Weights());
        var architecture = ArchitectureOf(features);
        var graph = LpipsNetwork.Describe(architecture);
        WeightCheck.Require(features, LpipsNames.Map, [Part(graph, "features.")], LpipsNames.IsLeftOut);
        WeightCheck.Require(weights, LpipsNames.Map, [Part(graph, "linear.")], LpipsNames.IsLeftOut);
        OnnxWriteOptions options = new() { Metadata = Metadata(network.ComputeProvenance(cancellationToken), linear.ComputeProvenance(cancellationToken)) };
        var bytes = OnnxWriter.ToBytes(graph, new Source(new CheckpointWeights(features, LpipsNames.Map), new CheckpointWeights(weights, LpipsNames.Map)), options);
        cancellationToken.ThrowIfCancellationRequested();
        WholeFile.Write(target, bytes);
        return architecture;
    }

    /// <summary>The network, told by its first kernel: AlexNet's is 11 x 11, VGG16's 3 x 3.</summary>
    private static LpipsArchitecture ArchitectureOf(StateDict features)
    {
        long kernel = features.TryGet("features.0.weight", out var first) && first.Shape.Count == 4 ? first.Shape[^1] : 0;
        LpipsBackbone backbone = kernel switch
        {
            11 => LpipsBackbone.AlexNet,
            3 => LpipsBackbone.Vgg16,
            _ => throw new KarlFormatException($"'{features.Source}' is neither torchvision's AlexNet nor its VGG16: it has no 'features.0.weight' with kernels of 11 x 11 or 3 x 3."),
        };
        int[] last = backbone == LpipsBackbone.AlexNet ? [0, 3, 6, 8, 10] : [2, 7, 14, 21, 28];
        var published = LpipsArchitecture.Of(backbone);
        return published with { Channels = [.. last.Select((number, map) => features.TryGet($"features.{number}.bias", out var bias) && bias.Shape.Count == 1 && bias.Count > 0 ? bias.Count : published.Channels[map])] };
    }

    private static Graph Part(Graph graph, string prefix)
    {
        var part = new Graph(graph.Name);
        foreach (var parameter in graph.Parameters.Where(parameter => parameter.Name.StartsWith(prefix, StringComparison.Ordinal))) part.Parameter(parameter.Name, [.. parameter.Shape]);
        return part;
    }

    private static Dictionary<string, string> Metadata(CheckpointProvenance network, CheckpointProvenance linear) => new(StringComparer.Ordinal)
    {
        ["network"] = $"{network.FileName} {network.Sha256}",
        ["linear"] = $"{linear.FileName} {linear.Sha256}",
    };

    private sealed class Source(IWeightSource features, IWeightSource linear) : IWeightSource
    {
        public TensorData Get(string name) => name.StartsWith("linear.", StringComparison.Ordinal) ? linear.Get(name) : features.Get(name);
    }
}
