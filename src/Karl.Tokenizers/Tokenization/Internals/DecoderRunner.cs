using System.Buffers;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Sessions.Internals;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Karl.Tokenizers.Tokenization.Internals;

/// <summary>Kept tokens through the decoder graph into pixels. Sequences are grouped by how many tokens they kept, so that no mask is needed.</summary>
/// <remarks>In the published decoder a dropped token attends to itself alone and nobody attends to it: leaving it out is exact.</remarks>
internal sealed class DecoderRunner(GraphSession session, BundleManifest manifest, int batchSize) : IDisposable
{
    private const int MostBaseCodes = 1 << 20;

    /// <summary>Values of one image, <c>[3, size, size]</c>.</summary>
    public int ValuesPerImage => 3 * manifest.ImageSize * manifest.ImageSize;

    /// <summary>Decodes all sequences into <paramref name="destination"/>, <c>[count, 3, size, size]</c>, not clamped, in their order.</summary>
    public void Run(IReadOnlyList<TokenSequence> sequences, Span<float> destination, CancellationToken cancellationToken)
    {
        Check(sequences);
        int[] order = [.. Enumerable.Range(0, sequences.Count).OrderBy(index => sequences[index].Count).ThenBy(index => index)];
        for (int start = 0; start < order.Length;)
        {
            int kept = sequences[order[start]].Count;
            int end = start + 1;
            while (end < order.Length && end - start < batchSize && sequences[order[end]].Count == kept)
            {
                end++;
            }

            RunGroup(sequences, order.AsSpan(start..end), kept, destination, cancellationToken);
            start = end;
        }
    }

    /// <summary>Base codes that there are probabilities for; only for a decoder that gives them.</summary>
    /// <exception cref="KarlFormatException">The graph gives none, or leaves open how many.</exception>
    public int BaseCodes => session.HasOptionalOutputs && session.OutputDimensions(GraphContract.CodeProbabilities)[2] is >= 1 and <= MostBaseCodes and var codes
        ? codes
        : throw new KarlFormatException($"Part '{Bundle.DecoderPart}' has no output '{GraphContract.CodeProbabilities}' for a fixed number of codes from 1 to {MostBaseCodes}, which halting of 2D tokens goes by.");

    /// <summary>Decodes sequences of one length, and gives what the decoder thinks of each base code.</summary>
    /// <param name="sequences">Sequences with as many tokens each.</param>
    /// <param name="destination">Receives <c>[count, 3, size, size]</c>, not clamped.</param>
    /// <param name="codeProbabilities">Receives <c>[count, 2D tokens, base codes]</c>.</param>
    /// <param name="cancellationToken">Stops in the middle of a run.</param>
    public void RunTogether(IReadOnlyList<TokenSequence> sequences, Span<float> destination, Span<float> codeProbabilities, CancellationToken cancellationToken)
    {
        Check(sequences);
        int kept = sequences[0].Count, probabilities = manifest.ImageTokens * BaseCodes;
        for (int start = 0; start < sequences.Count; start += batchSize)
        {
            int[] group = [.. Enumerable.Range(start, Math.Min(batchSize, sequences.Count - start))];
            RunInto(
                sequences,
                group,
                kept,
                destination.Slice(start * ValuesPerImage, group.Length * ValuesPerImage),
                codeProbabilities.Slice(start * probabilities, group.Length * probabilities),
                cancellationToken);
        }
    }

    public void Dispose() => session.Dispose();

    /// <summary>One run of the graph, straight into the destination where the group lies together there.</summary>
    private void RunGroup(IReadOnlyList<TokenSequence> sequences, ReadOnlySpan<int> group, int kept, Span<float> destination, CancellationToken cancellationToken)
    {
        int values = ValuesPerImage;
        if (group[^1] - group[0] == group.Length - 1)
        {
            RunInto(sequences, group, kept, destination.Slice(group[0] * values, group.Length * values), [], cancellationToken);
            return;
        }

        float[] together = ArrayPool<float>.Shared.Rent(group.Length * values);
        try
        {
            RunInto(sequences, group, kept, together.AsSpan(0, group.Length * values), [], cancellationToken);
            for (int index = 0; index < group.Length; index++)
            {
                together.AsSpan(index * values, values).CopyTo(destination[(group[index] * values)..]);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(together);
        }
    }

    private unsafe void RunInto(IReadOnlyList<TokenSequence> sequences, ReadOnlySpan<int> group, int kept, Span<float> pixels, Span<float> codeProbabilities, CancellationToken cancellationToken)
    {
        int size = manifest.ImageSize;
        using TensorRental<long> positions = new(group.Length, kept);
        for (int index = 0; index < group.Length; index++)
        {
            Widen(sequences[group[index]].Positions.AsSpan(), positions.Span.Slice(index * kept, kept));
        }

        fixed (float* pointer = pixels, probabilitiesPointer = codeProbabilities)
        {
            using OrtValue image = OrtValue.CreateTensorValueWithData(
                OrtMemoryInfo.DefaultInstance, TensorElementType.Float, [group.Length, 3, size, size], (nint)pointer, pixels.Length * (long)sizeof(float));
            using OrtValue? probabilities = codeProbabilities.IsEmpty
                ? null
                : OrtValue.CreateTensorValueWithData(
                    OrtMemoryInfo.DefaultInstance,
                    TensorElementType.Float,
                    [group.Length, manifest.ImageTokens, codeProbabilities.Length / group.Length / manifest.ImageTokens],
                    (nint)probabilitiesPointer,
                    codeProbabilities.Length * (long)sizeof(float));
            OrtValue[] outputs = probabilities is null ? [image] : [image, probabilities];
            if (manifest.Quantized)
            {
                using TensorRental<long> codes = new(group.Length, kept);
                for (int index = 0; index < group.Length; index++)
                {
                    Widen(sequences[group[index]].Codes.AsSpan(), codes.Span.Slice(index * kept, kept));
                }

                session.Run([codes.Value, positions.Value], outputs, cancellationToken);
            }
            else
            {
                int width = manifest.LatentWidth;
                using TensorRental<float> latents = new(group.Length, kept, width);
                for (int index = 0; index < group.Length; index++)
                {
                    sequences[group[index]].Latents.AsSpan().CopyTo(latents.Span[(index * kept * width)..]);
                }

                session.Run([latents.Value, positions.Value], outputs, cancellationToken);
            }
        }
    }

    /// <summary>Refuses sequences of another kind of model before anything is computed, all problems at once.</summary>
    private void Check(IReadOnlyList<TokenSequence> sequences)
    {
        List<string> problems = [];
        for (int index = 0; index < sequences.Count && problems.Count < 8; index++)
        {
            TokenSequence tokens = sequences[index] ?? throw new ArgumentException($"Sequence {index} is null.", nameof(sequences));
            if (tokens.CodebookSize != manifest.CodebookSize || (!manifest.Quantized && tokens.LatentWidth != manifest.LatentWidth))
            {
                problems.Add($"Sequence {index} has {Kind(tokens.CodebookSize, tokens.LatentWidth)}; this model takes {Kind(manifest.CodebookSize, manifest.LatentWidth)}.");
            }
            else if (tokens.Budget > manifest.MaximumBudget)
            {
                problems.Add($"Sequence {index} has a budget of {tokens.Budget} tokens; this model takes at most {manifest.MaximumBudget}.");
            }
        }

        if (problems.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", problems), nameof(sequences));
        }
    }

    private static string Kind(int? codebookSize, int latentWidth) => codebookSize is int size ? $"codes of a codebook of {size}" : $"continuous latents of {latentWidth}";

    private static void Widen(ReadOnlySpan<int> source, Span<long> destination)
    {
        for (int index = 0; index < source.Length; index++)
        {
            destination[index] = source[index];
        }
    }
}
