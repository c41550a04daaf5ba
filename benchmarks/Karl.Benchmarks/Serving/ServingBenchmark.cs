using System.Diagnostics;
using System.Globalization;
using Karl.Serving;
using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Tokenization;

namespace Karl.Benchmarks.Serving;

/// <summary>Bulk tokenizing and a server under many clients, by turns, on the same image files.</summary>
internal sealed class ServingBenchmark : IDisposable
{
    private const int Files = 64;
    private const double Mebibyte = 1 << 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly TemporaryFolder _folder = new();
    private readonly Bundle _bundle;
    private readonly ServingLoad _load;
    private readonly string[] _paths;
    private readonly byte[][] _images;

    /// <summary>Makes the files.</summary>
    public ServingBenchmark(Bundle bundle, ServingLoad load)
    {
        (_bundle, _load) = (bundle, load);
        _paths = [.. Enumerable.Range(0, Files).Select(index => _folder[$"{index}.jpg"])];
        for (int index = 0; index < Files; index++)
        {
            ImageWriter.Write(SyntheticImages.Picture(500, 375, seed: index), _paths[index]);
        }

        _images = [.. _paths.Select(File.ReadAllBytes)];
    }

    /// <summary>Measures.</summary>
    public async Task<IReadOnlyList<ServingRound>> RunAsync(Action<string> progress, CancellationToken cancellationToken)
    {
        using ImageTokenizer bulk = ImageTokenizer.Load(_bundle, new ImageTokenizerOptions { Threads = _load.Threads, Parts = TokenizerParts.Encoder });
        using ImageTokenizer served = ImageTokenizer.Load(_bundle, new ImageTokenizerOptions { Threads = _load.Threads, BatchSize = _load.BatchSize, AllowSpinning = false });
        await using TokenizationServer server = await TokenizationServer.StartAsync(
            [new ServedModel("model", served)], new ServingOptions { Port = 0, MaximumBatch = _load.BatchSize }, Console.Error.WriteLine, cancellationToken);
        using HttpClient client = new() { BaseAddress = server.Address };
        List<ServingRound> rounds = [];
        for (int round = -1; round < _load.Rounds; round++)
        {
            progress(round < 0 ? "warm-up" : $"round {round + 1} of {_load.Rounds}");
            TimeSpan processor = Environment.CpuUsage.TotalTime;
            (long bulkImages, double bulkRate) = await BulkAsync(bulk, cancellationToken);
            double bulkProcessor = (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / bulkImages;
            await Task.Delay(Pause, cancellationToken);
            (double Count, double Images) before = await BatchesAsync(client);
            processor = Environment.CpuUsage.TotalTime;
            (long requests, long errors, double rate) = await ServeAsync(client, cancellationToken);
            double servedProcessor = (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / requests;
            (double Count, double Images) after = await BatchesAsync(client);
            await Task.Delay(Pause, cancellationToken);
            double managed = GC.GetTotalMemory(forceFullCollection: true) / Mebibyte;
            if (round >= 0)
            {
                rounds.Add(new ServingRound(bulkRate, rate, bulkProcessor, servedProcessor, requests, errors, (after.Images - before.Images) / (after.Count - before.Count), managed, Environment.WorkingSet / Mebibyte));
            }
        }

        return rounds;
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(long Images, double Rate)> BulkAsync(ImageTokenizer tokenizer, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp(), count = 0;
        await foreach (TokenizedImage image in tokenizer.EncodeFilesAsync(Endless(start), cancellationToken: cancellationToken))
        {
            count += image.Error is null ? 1 : throw image.Error;
        }

        return (count, count / Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private IEnumerable<string> Endless(long start)
    {
        for (int index = 0; Stopwatch.GetElapsedTime(start) < _load.Turn; index++)
        {
            yield return _paths[index % Files];
        }
    }

    private async Task<(long Requests, long Errors, double Rate)> ServeAsync(HttpClient client, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp(), requests = 0, errors = 0;
        await Task.WhenAll(Enumerable.Range(0, _load.Clients).Select(async number =>
        {
            for (int turn = number; Stopwatch.GetElapsedTime(start) < _load.Turn; turn++)
            {
                using ByteArrayContent content = new(_images[turn % Files]);
                using HttpResponseMessage response = await client.PostAsync("/v1/tokenize", content, cancellationToken);
                await response.Content.ReadAsByteArrayAsync(cancellationToken);
                Interlocked.Increment(ref requests);
                Interlocked.Add(ref errors, response.IsSuccessStatusCode ? 0 : 1);
            }
        }));
        return (requests, errors, (requests - errors) / Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    /// <summary>Runs of the server's model until now, and images in them.</summary>
    private static async Task<(double Count, double Images)> BatchesAsync(HttpClient client)
    {
        string[] lines = (await client.GetStringAsync("/metrics")).Split('\n');
        return (Value("karl_batch_size_count "), Value("karl_batch_size_sum "));

        double Value(string name) =>
            lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is string line ? double.Parse(line[name.Length..], CultureInfo.InvariantCulture) : 0;
    }
}
