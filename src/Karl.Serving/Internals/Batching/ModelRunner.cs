using System.Buffers;
using System.Diagnostics;
using Karl.Tokenizers;
using Karl.Tokenizers.Tokenization;

namespace Karl.Serving.Internals.Batching;

/// <summary>Batches through a model.</summary>
internal static class ModelRunner
{
    /// <summary>Does one batch; as many results, in the same order.</summary>
    public static ModelOutput[] Run(ModelSettings settings, IReadOnlyList<ModelInput> inputs, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        ImageTokenizer tokenizer = settings.Model.Tokenizer;
        int count = inputs.Count, values = 3 * tokenizer.ImageSize * tokenizer.ImageSize;
        float[] buffer = ArrayPool<float>.Shared.Rent(2 * count * values);
        try
        {
            Memory<float> pixels = buffer.AsMemory(0, count * values), decoded = buffer.AsMemory(count * values, count * values);
            TokenSequence[] tokens = settings.Task switch
            {
                ModelTask.Encode => tokenizer.Encode(Joined(inputs, pixels), settings.Options, cancellationToken),
                ModelTask.EncodeAndDecode => tokenizer.EncodeAndDecode(Joined(inputs, pixels), decoded.Span, settings.Options, cancellationToken),
                _ => Decode(tokenizer, inputs, decoded.Span, cancellationToken),
            };
            double share = Stopwatch.GetElapsedTime(start).TotalMilliseconds / count;
            return
            [
                .. tokens.Select((sequence, index) => new ModelOutput(
                    sequence, settings.Task == ModelTask.Encode ? [] : decoded.Slice(index * values, values).ToArray(), share, count)),
            ];
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    private static TokenSequence[] Decode(ImageTokenizer tokenizer, IReadOnlyList<ModelInput> inputs, Span<float> decoded, CancellationToken cancellationToken)
    {
        TokenSequence[] tokens = [.. inputs.Select(input => input.Tokens!)];
        tokenizer.Decode(tokens, decoded, cancellationToken);
        return tokens;
    }

    /// <summary>All images' pixels behind one another, <c>[count, 3, size, size]</c>.</summary>
    private static Memory<float> Joined(IReadOnlyList<ModelInput> inputs, Memory<float> pixels)
    {
        int values = pixels.Length / inputs.Count;
        for (int index = 0; index < inputs.Count; index++)
        {
            inputs[index].Pixels.CopyTo(pixels.Span[(index * values)..]);
        }

        return pixels;
    }
}
