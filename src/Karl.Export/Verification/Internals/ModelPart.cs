using Karl.Graphs;
using Karl.Graphs.Onnx;
using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Sessions.Internals;

namespace Karl.Export.Verification.Internals;

/// <summary>A graph of a bundle, read: which tensors are in it, and how to run it with more outputs than it has.</summary>
/// <remarks>Holds the part's bytes, most of which are weights: let it go when sessions are made.</remarks>
internal sealed class ModelPart
{
    private readonly byte[] _bytes;
    private readonly Graph _graph;
    private readonly BundleManifest _manifest;

    public ModelPart(Bundle bundle, string name)
    {
        _manifest = bundle.Manifest;
        _bytes = bundle.ReadPart(name);
        try
        {
            _graph = OnnxReader.Read(_bytes).Graph;
        }
        catch (OnnxFormatException exception)
        {
            throw new KarlFormatException($"Bundle '{bundle.Name}': part '{name}' cannot be laid open: {exception.Message}", exception);
        }
    }

    /// <summary>Blocks of the encoder's transformer.</summary>
    public int EncoderLayers => _manifest.Encoder.Layers;

    /// <summary>Latents before quantization. Where they are not quantized, they are what the encoder gives.</summary>
    public string? FactorizedLatents => Find(TensorNames.FactorizedLatents) ?? (_manifest.Quantized ? null : Find(GraphContract.Latents));

    /// <summary>What the encoder chooses codes by.</summary>
    public string? CodeScores => Internals.CodeScores.Find(_graph.Find(GraphContract.Codes));

    /// <summary>The codebook of the VQGAN underneath.</summary>
    public string? BaseCodebook => _graph.Find(TensorNames.BaseCodebook) is { Data: not null, Rank: 2 } tensor && tensor.Type.IsFloating() ? tensor.Name : null;

    /// <summary>The image, where the base decoder can be told from the rest.</summary>
    public string? BaseDecoderImage =>
        Find(TensorNames.DecodedTokens) is not null && (_manifest.Base == "vae" || BaseCodebook is not null) ? Find(GraphContract.Image) : null;

    /// <summary>The name, if a tensor of that name is computed here.</summary>
    public string? Find(string tensor) => _graph.Find(tensor) is { Kind: TensorKind.Result } ? tensor : null;

    /// <summary>The name with the highest number behind <paramref name="prefix"/> that anything here has (its weights, if not itself), if it is computed here.</summary>
    public string? FindLast(string prefix)
    {
        var last = _graph.Parameters.Concat(_graph.Nodes.SelectMany(node => node.Outputs))
            .Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(tensor => tensor.Name.AsSpan(prefix.Length) is var rest && int.TryParse(rest[..LengthOfNumber(rest)], out var number) ? number : -1)
            .DefaultIfEmpty(-1).Max();
        return last < 0 ? null : Find(prefix + last);
    }

    /// <summary>The values of <see cref="BaseCodebook"/>, <c>[codes, channels]</c>; null where there is none.</summary>
    public Numbers? ReadBaseCodebook()
    {
        if (BaseCodebook is not string name)
        {
            return null;
        }

        var data = _graph[name].Data!;
        double[] values = data.Type switch
        {
            ElementType.Float16 => [.. data.AsSpan<Half>().ToArray().Select(value => (double)value)],
            ElementType.Float64 => data.AsSpan<double>().ToArray(),
            _ => Array.ConvertAll(data.AsSpan<float>().ToArray(), value => (double)value),
        };
        return new Numbers(values, [.. data.Shape]);
    }

    /// <summary>The whole graph, these tensors being outputs too.</summary>
    public byte[] WithOutputs(IEnumerable<string> tensors) => ExtraOutputs.Append(_bytes, tensors.Except(_graph.Outputs.Select(output => output.Name)));

    /// <summary>The base decoder alone: <c>decoded_tokens</c> in, <c>image</c> out.</summary>
    public byte[] ToBaseDecoder() => OnnxWriter.ToBytes(_graph.Subgraph([TensorNames.DecodedTokens], [GraphContract.Image]));

    private static int LengthOfNumber(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : text.Length;
}
