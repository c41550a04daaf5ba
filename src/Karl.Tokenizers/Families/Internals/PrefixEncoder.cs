using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Sessions.Internals;
using Karl.Tokenizers.Tokenization;
using Karl.Tokenizers.Tokenization.Internals;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Tokenizers.Families.Internals;

/// <summary>Images through an encoder graph that gives all codes, of which the first ones are kept: as many as asked for, or as an error needs.</summary>
/// <param name="session">The encoder graph.</param>
/// <param name="manifest">What the bundle says about itself.</param>
/// <param name="decoder">What lengths are tried with; null where there is but one length.</param>
internal sealed class PrefixEncoder(GraphSession session, BundleManifest manifest, DecoderRunner? decoder) : IImageEncoder
{
    /// <inheritdoc/>
    public bool Run(Memory<float> pixels, int count, ResolvedTokenizeOptions options, Span<TokenSequence> results, Span<float> reconstructions, CancellationToken cancellationToken)
    {
        int values = 3 * manifest.ImageSize * manifest.ImageSize;
        AllTokens[] all = Encode(pixels, count, options.IncludeLatents, cancellationToken);
        if (decoder is null || options.WantsWholeBudget)
        {
            for (int index = 0; index < count; index++)
            {
                results[index] = Prefix(all[index], options.Budget, options).Took(new ModelRuns(Encoder: 1, Decoder: 0));
            }

            return false;
        }

        for (int index = 0; index < count; index++)
        {
            using LengthSearch search = new(decoder, pixels.Slice(index * values, values), options.Epsilon);
            Search(search, all[index], options, cancellationToken);
            results[index] = search.Chosen.Took(new ModelRuns(Encoder: 1, search.DecoderRuns));
            if (!reconstructions.IsEmpty)
            {
                search.Pixels.CopyTo(reconstructions[(index * values)..]);
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public TokenSequence[] RunLengths(Memory<float> pixels, IReadOnlyList<int> lengths, CancellationToken cancellationToken)
    {
        AllTokens all = Encode(pixels, 1, includeLatents: false, cancellationToken)[0];
        return [.. lengths.Select((length, index) =>
            Prefix(all, length, TokenizeOptions.Exactly(length).Resolve(manifest)).Took(new ModelRuns(Encoder: index == 0 ? 1 : 0, Decoder: 0)))];
    }

    public void Dispose() => session.Dispose();

    private void Search(LengthSearch search, AllTokens all, ResolvedTokenizeOptions options, CancellationToken cancellationToken)
    {
        if (options.Search == PrefixSearch.EveryLength)
        {
            for (int length = 1; length <= options.Budget && !Try(length); length++)
            {
            }

            return;
        }

        if (!Try(options.Budget))
        {
            return;
        }

        // Of these two lengths, the first does not meet the error and the second does.
        int tooShort = 0, enough = options.Budget;
        while (enough - tooShort > 1)
        {
            int middle = (tooShort + enough) / 2;
            (tooShort, enough) = Try(middle) ? (tooShort, middle) : (middle, enough);
        }

        bool Try(int length) => search.Try(Prefix(all, length, options), cancellationToken);
    }

    private AllTokens[] Encode(Memory<float> pixels, int count, bool includeLatents, CancellationToken cancellationToken)
    {
        int size = manifest.ImageSize, length = manifest.MaximumBudget, values = includeLatents ? length * manifest.LatentWidth : 0;
        if (includeLatents && !session.HasOptionalOutputs)
        {
            throw new InvalidOperationException(
                $"Part '{Bundle.EncoderPart}' does not give '{GraphContract.Latents}' beside '{GraphContract.Codes}', and they were asked for: export the model again, or do without latents.");
        }

        using OrtValue image = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, pixels, [count, 3, size, size]);
        using TensorRental<long> codes = new(count, length);
        using TensorRental<float> latents = includeLatents ? new TensorRental<float>(count, length, manifest.LatentWidth) : default;
        session.Run([image], includeLatents ? [codes.Value, latents.Value] : [codes.Value], cancellationToken);
        AllTokens[] results = new AllTokens[count];
        for (int index = 0; index < count; index++)
        {
            results[index] = new AllTokens(Checked(codes.Span.Slice(index * length, length)), latents.Span.Slice(index * values, values).ToArray());
        }

        return results;
    }

    private int[] Checked(ReadOnlySpan<long> codes)
    {
        int[] all = new int[codes.Length];
        for (int index = 0; index < all.Length; index++)
        {
            all[index] = codes[index] >= 0 && codes[index] < manifest.CodebookSize
                ? (int)codes[index]
                : throw new KarlFormatException($"Part '{Bundle.EncoderPart}' gave code {codes[index]}; its manifest says that the codebook has {manifest.CodebookSize} entries.");
        }

        return all;
    }

    private TokenSequence Prefix(AllTokens all, int length, ResolvedTokenizeOptions options)
    {
        int width = all.Latents.Length / all.Codes.Length;
        return TokenSequence.Trusted(
            [.. Enumerable.Range(0, length)], all.Codes[..length], manifest.CodebookSize, all.Latents[..(length * width)], width, options.Budget, options.Epsilon, [], runs: default);
    }

    /// <summary>What the encoder gives for an image.</summary>
    /// <param name="Codes">All codes.</param>
    /// <param name="Latents">The codebook's entries, row after row; empty where they were not asked for.</param>
    private sealed record AllTokens(int[] Codes, float[] Latents);
}
