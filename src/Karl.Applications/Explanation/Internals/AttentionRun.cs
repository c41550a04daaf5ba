using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Tokenization;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Applications.Explanation.Internals;

/// <summary>The graph that shows where a decoder looks, on the processor.</summary>
internal sealed class AttentionRun : IDisposable
{
    private const string OutputName = "attention";
    private readonly BundleManifest _manifest;
    private readonly InferenceSession _session;

    /// <summary>Loads it.</summary>
    /// <exception cref="KarlFormatException">ONNX Runtime does not take it, or it is not such a graph.</exception>
    public AttentionRun(byte[] graph, BundleManifest manifest, int? threads)
    {
        _manifest = manifest;
        using SessionOptions options = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        if (threads is int count)
        {
            options.IntraOpNumThreads = count;
        }

        try
        {
            _session = new InferenceSession(graph, options);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new KarlFormatException($"The attention graph cannot be loaded: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }

        if (!_session.OutputMetadata.ContainsKey(OutputName))
        {
            string found = string.Join(", ", _session.OutputNames);
            _session.Dispose();
            throw new KarlFormatException($"The attention graph gives {found}; an output '{OutputName}' was expected.");
        }
    }

    /// <summary>The attention that each place of the grid pays to each token of an image, <c>[2D tokens, kept]</c>.</summary>
    public float[] Of(TokenSequence tokens, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long kept = tokens.Count;
        long[] positions = [.. tokens.Positions.Select(position => (long)position)];
        long[] codes = [.. tokens.Codes.Select(code => (long)code)];
        float[] latents = [.. tokens.Latents], attention = new float[_manifest.ImageTokens * tokens.Count];
        using OrtValue places = OrtValue.CreateTensorValueFromMemory(positions, [1, kept]);
        using OrtValue content = tokens.IsQuantized ? OrtValue.CreateTensorValueFromMemory(codes, [1, kept]) : OrtValue.CreateTensorValueFromMemory(latents, [1, kept, tokens.LatentWidth]);
        using OrtValue output = OrtValue.CreateTensorValueFromMemory(attention, [1, _manifest.ImageTokens, kept]);
        using RunOptions options = new();
        using CancellationTokenRegistration registration = cancellationToken.Register(static state => ((RunOptions)state!).Terminate = true, options);
        try
        {
            _session.Run(options, [tokens.IsQuantized ? "codes" : "latents", "positions"], [content, places], [OutputName], [output]);
        }
        catch (OnnxRuntimeException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new InvalidOperationException($"The attention graph failed while running: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }

        return attention;
    }

    public void Dispose() => _session.Dispose();
}
