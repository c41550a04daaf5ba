using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;

namespace Karl.Training.Data.Internals;

/// <summary>Images in their order without any chance; later ones are prepared while the consumer works on a batch.</summary>
internal static class OrderedBatches
{
    /// <summary>Batches of all readable images among <paramref name="count"/>, spread evenly over the store.</summary>
    public static IEnumerable<ImageBatch> Read(ImageStore store, TrainingImageOptions options, int count, CancellationToken cancellationToken)
    {
        IEnumerable<int> indices = Enumerable.Range(0, count).Select(place => (int)((long)place * store.Paths.Length / count));
        long step = 0;
        foreach ((int Index, float[] Pixels)[] some in Prepared(indices, store, options, cancellationToken).Chunk(options.BatchSize))
        {
            float[] pixels = new float[some.Length * options.ValuesPerImage];
            for (int index = 0; index < some.Length; index++)
            {
                some[index].Pixels.CopyTo(pixels, index * options.ValuesPerImage);
            }

            yield return new ImageBatch(step++, pixels, [.. some.Select(image => image.Index)], options.Size);
        }

        if (step == 0)
        {
            throw new KarlFormatException($"None of the {count} images can be read; give others. The first problem: {store.FirstProblem}");
        }
    }

    private static IEnumerable<(int Index, float[] Pixels)> Prepared(IEnumerable<int> indices, ImageStore store, TrainingImageOptions options, CancellationToken cancellationToken)
    {
        ImagePreprocessor preprocessor = new(new ImagePreprocessorOptions { Size = options.Size, Resampling = options.Resampling });
        int threads = options.Threads ?? Environment.ProcessorCount;
        using SemaphoreSlim free = new(threads);
        Queue<(int Index, Task<float[]?> Pixels)> ahead = new();
        try
        {
            foreach (int index in indices)
            {
                ahead.Enqueue((index, PrepareAsync(store, index, preprocessor, free, cancellationToken)));
                if (ahead.Count == threads + options.BatchSize && Take(ahead) is { Pixels: { } pixels } image)
                {
                    yield return (image.Index, pixels);
                }
            }

            while (ahead.Count > 0)
            {
                if (Take(ahead) is { Pixels: { } pixels } image)
                {
                    yield return (image.Index, pixels);
                }
            }
        }
        finally
        {
            Task.WhenAll(ahead.Select(Task (image) => image.Pixels)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        }
    }

    private static (int Index, float[]? Pixels) Take(Queue<(int Index, Task<float[]?> Pixels)> ahead)
    {
        (int index, Task<float[]?> pixels) = ahead.Dequeue();
        return (index, pixels.GetAwaiter().GetResult());
    }

    private static async Task<float[]?> PrepareAsync(ImageStore store, int index, ImagePreprocessor preprocessor, SemaphoreSlim free, CancellationToken cancellationToken)
    {
        await free.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Prepare(store, index, preprocessor, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            free.Release();
        }
    }

    private static float[]? Prepare(ImageStore store, int index, ImagePreprocessor preprocessor, CancellationToken cancellationToken)
    {
        if (store.Decode(index, cancellationToken) is not RgbImage image)
        {
            return null;
        }

        float[] pixels = new float[preprocessor.ValueCount];
        preprocessor.Process(image, pixels.AsSpan());
        return pixels;
    }
}
