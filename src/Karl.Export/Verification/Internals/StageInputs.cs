using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Sessions.Internals;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Export.Verification.Internals;

/// <summary>What the graphs are given for one image.</summary>
internal sealed class StageInputs : IDisposable
{
    private StageInputs(Dictionary<string, OrtValue> values) => Values = values;

    /// <summary>The inputs by name.</summary>
    public Dictionary<string, OrtValue> Values { get; }

    /// <summary>Image, epsilon, budget, and over a VAE the noise: zeros for the posterior's mean.</summary>
    public static StageInputs Encoder(RecordedRun run, RunState state, BundleManifest manifest, Recording recording, InferenceSession session)
    {
        var size = manifest.ImageSize;
        Dictionary<string, OrtValue> values = new(StringComparer.Ordinal)
        {
            [GraphContract.Image] = Tensor(state.Pixels.ToArray(), 1, 3, size, size),
            [GraphContract.Epsilon] = Tensor(new[] { run.Settings.Epsilon.GetValueOrDefault() }, 1),
            [GraphContract.Budget] = Tensor(new[] { (long)run.Settings.Budget }, 1),
        };
        if (manifest.Base == "vae")
        {
            var channels = session.InputMetadata[GraphContract.Noise].Dimensions[1];
            if (channels is < 1 or > 4096)
            {
                throw new KarlFormatException($"Part '{Bundle.EncoderPart}': input '{GraphContract.Noise}' has {channels} channels; a fixed number from 1 to 4096 was expected.");
            }

            var grid = manifest.GridSize;
            var noise = run.Latent == LatentChoice.Sample ? recording.Noise(run.Image, channels, grid) : new float[channels * grid * grid];
            values.Add(GraphContract.Noise, Tensor(noise, 1, channels, grid, grid));
        }

        return new StageInputs(values);
    }

    /// <summary>The image alone.</summary>
    public static StageInputs Image(RunState state, BundleManifest manifest) =>
        new(new(StringComparer.Ordinal) { [GraphContract.Image] = Tensor(state.Pixels.ToArray(), 1, 3, manifest.ImageSize, manifest.ImageSize) });

    /// <summary>Kept tokens and their positions.</summary>
    public static StageInputs Decoder(RunState state, BundleManifest manifest)
    {
        var kept = state.Kept.Count;
        var tokens = state.Tokens!.Values;
        return new StageInputs(new(StringComparer.Ordinal)
        {
            [manifest.Quantized ? GraphContract.Codes : GraphContract.Latents] = manifest.Quantized
                ? Tensor(Array.ConvertAll(tokens, code => (long)code), 1, kept)
                : Tensor(Array.ConvertAll(tokens, number => (float)number), 1, kept, manifest.LatentWidth),
            [GraphContract.Positions] = Tensor(state.Kept.Select(position => (long)position).ToArray(), 1, kept),
        });
    }

    /// <summary>Base codes' features, or the latent, for the base decoder alone.</summary>
    public static StageInputs BaseDecoder(Numbers tokens) =>
        new(new(StringComparer.Ordinal) { [TensorNames.DecodedTokens] = Tensor(Array.ConvertAll(tokens.Values, number => (float)number), [1, .. tokens.Shape]) });

    public void Dispose()
    {
        foreach (var value in Values.Values)
        {
            value.Dispose();
        }
    }

    /// <summary>A tensor over an array; where it has no elements, ONNX Runtime still wants an address.</summary>
    private static OrtValue Tensor<T>(T[] elements, params long[] shape)
        where T : unmanaged
        => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, elements.Length == 0 ? new T[1].AsMemory(0, 0) : elements.AsMemory(), shape);
}
