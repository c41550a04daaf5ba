using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Karl.Tokenizers.Tokenization.Internals;

/// <summary>Files through two stages at once: preparation of many in parallel, and the model on whole batches, in the order of the files.</summary>
/// <remarks>
/// At most <c>2 x batch + preparation threads</c> prepared images wait before the model and <c>2 x batch</c> results after it, whatever the number of files.
/// </remarks>
/// <param name="prepare">Reads one file; called from several threads.</param>
/// <param name="encode">Runs the model: pixels, how many images, where the results go.</param>
/// <param name="valuesPerImage">Numbers of one image.</param>
/// <param name="batchSize">Most images in one run.</param>
/// <param name="preparationThreads">Most files that are prepared at the same time.</param>
internal sealed class FilePipeline(
    Func<string, CancellationToken, PreparedImage> prepare,
    Action<Memory<float>, int, TokenSequence[], CancellationToken> encode,
    int valuesPerImage,
    int batchSize,
    int preparationThreads)
{
    public async IAsyncEnumerable<TokenizedImage> RunAsync(IEnumerable<string> paths, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<Task<PreparedImage>> prepared = Bounded<Task<PreparedImage>>((2 * batchSize) + preparationThreads);
        Channel<TokenizedImage> results = Bounded<TokenizedImage>(2 * batchSize);
        Task preparing = Task.Run(() => PrepareAllAsync(paths, prepared.Writer, stop.Token), CancellationToken.None);
        Task encoding = Task.Run(() => EncodeAllAsync(prepared.Reader, results.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (TokenizedImage result in results.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return result;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(preparing, encoding).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PrepareAllAsync(IEnumerable<string> paths, ChannelWriter<Task<PreparedImage>> prepared, CancellationToken cancellationToken)
    {
        using SemaphoreSlim free = new(preparationThreads);
        List<Task> running = [];
        Exception? failure = null;
        try
        {
            foreach (string path in paths)
            {
                await free.WaitAsync(cancellationToken).ConfigureAwait(false);
                Task<PreparedImage> task = Task.Run(
                    () =>
                    {
                        try
                        {
                            return prepare(path, cancellationToken);
                        }
                        finally
                        {
                            free.Release();
                        }
                    },
                    CancellationToken.None);
                running.RemoveAll(earlier => earlier.IsCompleted);
                running.Add(task);
                await prepared.WriteAsync(task, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            failure = exception;
        }
        finally
        {
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            prepared.Complete(failure);
        }
    }

    private async Task EncodeAllAsync(ChannelReader<Task<PreparedImage>> prepared, ChannelWriter<TokenizedImage> results, CancellationToken cancellationToken)
    {
        float[] pixels = ArrayPool<float>.Shared.Rent(batchSize * valuesPerImage);
        Exception? failure = null;
        try
        {
            List<PreparedImage> batch = [];
            int sound = 0;
            await foreach (Task<PreparedImage> task in prepared.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                PreparedImage image = await task.ConfigureAwait(false);
                batch.Add(image);
                if (image.Pixels is not null)
                {
                    image.MoveTo(pixels.AsSpan(sound++ * valuesPerImage, valuesPerImage));
                }

                if (sound == batchSize || batch.Count == 2 * batchSize)
                {
                    await EncodeBatchAsync(batch, pixels, sound, results, cancellationToken).ConfigureAwait(false);
                    batch.Clear();
                    sound = 0;
                }
            }

            await EncodeBatchAsync(batch, pixels, sound, results, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            failure = exception;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(pixels);
            results.Complete(failure);
        }
    }

    private async Task EncodeBatchAsync(List<PreparedImage> batch, float[] pixels, int sound, ChannelWriter<TokenizedImage> results, CancellationToken cancellationToken)
    {
        TokenSequence[] tokens = new TokenSequence[sound];
        long start = Stopwatch.GetTimestamp();
        if (sound > 0)
        {
            encode(pixels.AsMemory(0, sound * valuesPerImage), sound, tokens, cancellationToken);
        }

        double share = Stopwatch.GetElapsedTime(start).TotalMilliseconds / Math.Max(1, sound);
        int next = 0;
        foreach (PreparedImage image in batch)
        {
            TokenizedImage result = image.Error is null
                ? new TokenizedImage(image.Path, tokens[next++], null, image.Elapsed.TotalMilliseconds, share)
                : new TokenizedImage(image.Path, null, image.Error, image.Elapsed.TotalMilliseconds, 0);
            await results.WriteAsync(result, cancellationToken).ConfigureAwait(false);
        }
    }

    private static Channel<T> Bounded<T>(int capacity) =>
        Channel.CreateBounded<T>(new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true });
}
