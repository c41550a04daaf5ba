using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Sessions.Internals;
using Karl.Tokenizers.Tokenization;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Applications.Explanation.Internals;

/// <summary>The graph that shows where a decoder looks, on the processor.</summary>
internal sealed class AttentionRun : IDisposable
{
    private const string OutputName = "attention";
    private readonly BundleManifest _manifest;
    private readonly ProbeSession _session;

    /// <summary>Loads it.</summary>
    /// <exception cref="KarlFormatException">ONNX Runtime does not take it, or it is not such a graph.</exception>
    public AttentionRun(byte[] graph, BundleManifest manifest, int? threads)
    {
        _manifest = manifest;
        _session = new ProbeSession(graph, "The attention graph", threads);
        if (!_session.Session.OutputMetadata.ContainsKey(OutputName))
        {
            string found = string.Join(", ", _session.Session.OutputNames);
            _session.Dispose();
            throw new KarlFormatException($"The attention graph gives {found}; an output '{OutputName}' was expected.");
        }
    }

    /// <summary>The attention that each place of the grid pays to each token of an image, <c>[2D tokens, kept]</c>.</summary>
    public float[] Of(TokenSequence tokens, CancellationToken cancellationToken)
    {
        long kept = tokens.Count;
        long[] positions = [.. tokens.Positions.Select(position => (long)position)];
        long[] codes = [.. tokens.Codes.Select(code => (long)code)];
        float[] latents = [.. tokens.Latents];
        using OrtValue places = OrtValue.CreateTensorValueFromMemory(positions, [1, kept]);
        using OrtValue content = tokens.IsQuantized ? OrtValue.CreateTensorValueFromMemory(codes, [1, kept]) : OrtValue.CreateTensorValueFromMemory(latents, [1, kept, tokens.LatentWidth]);
        Dictionary<string, OrtValue> inputs = new() { [tokens.IsQuantized ? "codes" : "latents"] = content, ["positions"] = places };
        using OrtValue output = _session.Run(inputs, [OutputName], cancellationToken)[OutputName];
        ReadOnlySpan<float> attention = output.GetTensorDataAsSpan<float>();
        return attention.Length == _manifest.ImageTokens * tokens.Count
            ? attention.ToArray()
            : throw new InvalidOperationException($"The attention graph gave {attention.Length} numbers; {_manifest.ImageTokens} x {tokens.Count} were expected.");
    }

    public void Dispose() => _session.Dispose();
}
