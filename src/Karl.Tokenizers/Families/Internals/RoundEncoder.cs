using System.Buffers;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Sessions.Internals;
using Karl.Tokenizers.Tokenization;
using Karl.Tokenizers.Tokenization.Internals;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Tokenizers.Families.Internals;

/// <summary>Images through as many rounds as they need. Those of a batch that are done leave it, so that later rounds are run for the others alone.</summary>
internal sealed class RoundEncoder : IImageEncoder
{
    private readonly GraphSession _encoder;
    private readonly GraphSession _round;
    private readonly BundleManifest _manifest;
    private readonly DecoderRunner _decoder;
    private readonly int _noiseChannels;

    /// <param name="encoder">What is done once for an image; disposed with this.</param>
    /// <param name="round">What is done in each round; disposed with this.</param>
    /// <param name="manifest">What the bundle says about itself.</param>
    /// <param name="decoder">What rounds are tried with; shared.</param>
    /// <exception cref="KarlFormatException">The encoder's noise has no fixed number of channels.</exception>
    public RoundEncoder(GraphSession encoder, GraphSession round, BundleManifest manifest, DecoderRunner decoder)
    {
        (_encoder, _round, _manifest, _decoder) = (encoder, round, manifest, decoder);
        _noiseChannels = manifest.Base == "vae" ? PosteriorNoise.Channels(encoder) : 0;
    }

    private int Step => _manifest.BudgetStep!.Value;

    /// <inheritdoc/>
    public bool Run(Memory<float> pixels, int count, ResolvedTokenizeOptions options, Span<TokenSequence> results, Span<float> reconstructions, CancellationToken cancellationToken)
    {
        int rounds = options.Budget / Step, values = _decoder.ValuesPerImage;
        bool searches = !options.WantsWholeBudget;
        ChosenRounds chosen = new(pixels[..(count * values)], count, options.Epsilon);
        using RoundsUnderWay underWay = Begin(pixels, count, options, cancellationToken);
        float[] decoded = ArrayPool<float>.Shared.Rent(count * values);
        try
        {
            for (int round = 0; round < rounds && underWay.Images.Count > 0; round++)
            {
                bool isLast = round == rounds - 1;
                TokenSequence[] tokens = Next(underWay, options, cancellationToken);
                if (searches || (underWay.Halts && !isLast))
                {
                    underWay.Decode(tokens, decoded, halts: !isLast, cancellationToken);
                }

                List<int> remaining = [];
                for (int place = 0; place < tokens.Length; place++)
                {
                    int image = underWay.Images[place];
                    if (!searches)
                    {
                        results[image] = tokens[place];
                    }

                    Span<float> reconstruction = reconstructions.IsEmpty ? [] : reconstructions.Slice(image * values, values);
                    if (!searches || !chosen.Offer(image, tokens[place], decoded.AsSpan(place * values, values), ref results[image], reconstruction))
                    {
                        remaining.Add(place);
                    }

                    results[image] = results[image].Took(underWay.Runs);
                }

                underWay.Keep(remaining);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(decoded);
        }

        return searches;
    }

    /// <inheritdoc/>
    public TokenSequence[] RunLengths(Memory<float> pixels, IReadOnlyList<int> lengths, CancellationToken cancellationToken)
    {
        ResolvedTokenizeOptions options = TokenizeOptions.Exactly(lengths[^1]).Resolve(_manifest);
        using RoundsUnderWay underWay = Begin(pixels, 1, options, cancellationToken);
        TokenSequence[] results = new TokenSequence[lengths.Count];
        ModelRuns before = default;
        for (int index = 0; index < lengths.Count; index++)
        {
            while (underWay.Round * Step < lengths[index])
            {
                results[index] = Next(underWay, options with { Budget = lengths[index] }, cancellationToken)[0];
            }

            results[index] = results[index].Took(new ModelRuns(underWay.Runs.Encoder - before.Encoder, 0));
            before = underWay.Runs;
        }

        return results;
    }

    public void Dispose()
    {
        _encoder.Dispose();
        _round.Dispose();
    }

    /// <summary>What is done once for images, before their first round.</summary>
    private RoundsUnderWay Begin(Memory<float> pixels, int count, ResolvedTokenizeOptions options, CancellationToken cancellationToken)
    {
        int size = _manifest.ImageSize;
        RoundsUnderWay underWay = new(_manifest, _decoder, count, new HaltedImageTokens(_manifest, options.ImageHalting, options.SamplingSeed.GetValueOrDefault()));
        try
        {
            using OrtValue image = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, pixels[..(count * _decoder.ValuesPerImage)], [count, 3, size, size]);
            using OrtValue sequence = underWay.Sequences.ToValue();
            if (_manifest.Base == "vae")
            {
                using TensorRental<float> noise = PosteriorNoise.Rent(count, _noiseChannels, _manifest.GridSize, options.SamplingSeed);
                _encoder.Run([image, noise.Value], [sequence], cancellationToken);
            }
            else
            {
                using OrtValue codes = OrtValue.CreateTensorValueFromMemory(underWay.BaseCodes, [count, _manifest.ImageTokens]);
                _encoder.Run([image], [sequence, codes], cancellationToken);
            }

            return underWay;
        }
        catch
        {
            underWay.Dispose();
            throw;
        }
    }

    /// <summary>One more round for all images that are under way.</summary>
    /// <returns>The tokens of each, as many as the rounds have made.</returns>
    private TokenSequence[] Next(RoundsUnderWay underWay, ResolvedTokenizeOptions options, CancellationToken cancellationToken)
    {
        int images = underWay.Images.Count, tokens = (underWay.Round + 1) * Step;
        CarriedSequences next = new(images, underWay.Sequences.Tokens + Step, _manifest.Encoder.Width);
        try
        {
            using OrtValue sequence = underWay.Sequences.ToValue();
            using OrtValue halted = underWay.HaltedToValue();
            using OrtValue round = OrtValue.CreateTensorValueFromMemory(new long[] { underWay.Round }, [1]);
            using OrtValue result = next.ToValue();
            if (_manifest.Quantized)
            {
                using TensorRental<long> codes = new(images, tokens);
                using TensorRental<float> entries = options.IncludeLatents ? RentEntries(images, tokens) : default;
                _round.Run([sequence, halted, round], options.IncludeLatents ? [result, codes.Value, entries.Value] : [result, codes.Value], cancellationToken);
                underWay.Advance(next);
                return MadeTokens.Quantized(codes.Span, entries.Span, images, _manifest, Bundle.RoundPart, options);
            }

            using TensorRental<float> latents = new(images, tokens, _manifest.LatentWidth);
            _round.Run([sequence, halted, round], [result, latents.Value], cancellationToken);
            underWay.Advance(next);
            return MadeTokens.Continuous(latents.Span, images, _manifest, options);
        }
        catch
        {
            next.Dispose();
            throw;
        }
    }

    /// <summary>The codebook's entries beside codes.</summary>
    private TensorRental<float> RentEntries(int images, int tokens) => _round.HasOptionalOutputs
        ? new TensorRental<float>(images, tokens, _manifest.LatentWidth)
        : throw new InvalidOperationException($"Part '{Bundle.RoundPart}' of this model gives codes alone, without the codebook's entries: export its checkpoint again.");
}
