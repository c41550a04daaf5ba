using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Sessions.Internals;
using Karl.Tokenizers.Tokenization;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Tokenizers.Families.Internals;

/// <summary>Images through the encoder graph, and what it says through the halting policy, into token sequences.</summary>
internal sealed class HaltingEncoder : IImageEncoder
{
    private static readonly ModelRuns OneRun = new(Encoder: 1, Decoder: 0);
    private readonly GraphSession _session;
    private readonly BundleManifest _manifest;
    private readonly int _noiseChannels;

    public HaltingEncoder(GraphSession session, BundleManifest manifest)
    {
        _session = session;
        _manifest = manifest;
        _noiseChannels = manifest.Base == "vae" ? PosteriorNoise.Channels(session) : 0;
    }

    /// <inheritdoc/>
    public bool Run(Memory<float> pixels, int count, ResolvedTokenizeOptions options, Span<TokenSequence> results, Span<float> reconstructions, CancellationToken cancellationToken)
    {
        int size = _manifest.ImageSize, budget = options.Budget;
        using TensorRental<float> epsilon = new(count);
        epsilon.Span.Fill(options.Epsilon);
        using TensorRental<float> halting = new(count, budget);
        using TensorRental<float> noise = _noiseChannels == 0 ? default : PosteriorNoise.Rent(count, _noiseChannels, _manifest.GridSize, options.SamplingSeed);
        using OrtValue image = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, pixels, [count, 3, size, size]);
        using OrtValue budgetValue = OrtValue.CreateTensorValueFromMemory(new long[] { budget }, [1]);
        OrtValue[] inputs = _noiseChannels == 0 ? [image, epsilon.Value, budgetValue] : [image, epsilon.Value, budgetValue, noise.Value];

        if (_manifest.Quantized)
        {
            using TensorRental<long> codes = new(count, budget);
            using TensorRental<float> latents = RentLatents(count, options);
            int values = options.IncludeLatents ? budget * _manifest.LatentWidth : 0;
            _session.Run(inputs, options.IncludeLatents ? [codes.Value, halting.Value, latents.Value] : [codes.Value, halting.Value], cancellationToken);
            for (int index = 0; index < count; index++)
            {
                results[index] = Quantized(
                    codes.Span.Slice(index * budget, budget), latents.Span.Slice(index * values, values), halting.Span.Slice(index * budget, budget), options);
            }
        }
        else
        {
            int width = _manifest.LatentWidth;
            using TensorRental<float> latents = new(count, budget, width);
            _session.Run(inputs, [latents.Value, halting.Value], cancellationToken);
            for (int index = 0; index < count; index++)
            {
                results[index] = Continuous(latents.Span.Slice(index * budget * width, budget * width), halting.Span.Slice(index * budget, budget), options);
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public TokenSequence[] RunLengths(Memory<float> pixels, IReadOnlyList<int> lengths, CancellationToken cancellationToken)
    {
        TokenSequence[] results = new TokenSequence[lengths.Count];
        for (int index = 0; index < results.Length; index++)
        {
            Run(pixels, 1, TokenizeOptions.Exactly(lengths[index]).Resolve(_manifest), results.AsSpan(index, 1), [], cancellationToken);
        }

        return results;
    }

    public void Dispose() => _session.Dispose();

    private TokenSequence Quantized(ReadOnlySpan<long> codes, ReadOnlySpan<float> latents, ReadOnlySpan<float> halting, ResolvedTokenizeOptions options)
    {
        int codebookSize = _manifest.CodebookSize!.Value;
        int[] positions = HaltingPolicy.Keep(halting, options.HaltingThreshold);
        int[] kept = new int[positions.Length];
        for (int index = 0; index < kept.Length; index++)
        {
            long code = codes[positions[index]];
            kept[index] = code >= 0 && code < codebookSize
                ? (int)code
                : throw new KarlFormatException($"Part '{Bundle.EncoderPart}' gave code {code}; its manifest says that the codebook has {codebookSize} entries.");
        }

        return TokenSequence.Trusted(
            positions, kept, codebookSize, KeptLatents(latents, positions), latents.IsEmpty ? 0 : _manifest.LatentWidth, options.Budget, options.Epsilon, halting.ToArray(), OneRun);
    }

    private TokenSequence Continuous(ReadOnlySpan<float> latents, ReadOnlySpan<float> halting, ResolvedTokenizeOptions options)
    {
        int[] positions = HaltingPolicy.Keep(halting, options.HaltingThreshold);
        return TokenSequence.Trusted(positions, [], null, KeptLatents(latents, positions), _manifest.LatentWidth, options.Budget, options.Epsilon, halting.ToArray(), OneRun);
    }

    /// <summary>The rows of <c>[budget, width]</c> at the kept positions; none where there are no latents.</summary>
    private float[] KeptLatents(ReadOnlySpan<float> latents, int[] positions)
    {
        if (latents.IsEmpty)
        {
            return [];
        }

        int width = _manifest.LatentWidth;
        float[] kept = new float[positions.Length * width];
        for (int index = 0; index < positions.Length; index++)
        {
            latents.Slice(positions[index] * width, width).CopyTo(kept.AsSpan(index * width));
        }

        return kept;
    }

    /// <summary>Room for the latents of codes, where they were asked for.</summary>
    private TensorRental<float> RentLatents(int count, ResolvedTokenizeOptions options)
    {
        if (!options.IncludeLatents)
        {
            return default;
        }

        return _session.HasOptionalOutputs
            ? new TensorRental<float>(count, options.Budget, _manifest.LatentWidth)
            : throw new InvalidOperationException(
                $"Part '{Bundle.EncoderPart}' does not give '{GraphContract.Latents}' beside '{GraphContract.Codes}', and they were asked for: export the model again, or do without latents.");
    }
}
