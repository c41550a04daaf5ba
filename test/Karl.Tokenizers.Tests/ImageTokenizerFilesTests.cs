using Karl.Testing;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers.Tests;

[TestClass]
public sealed class ImageTokenizerFilesTests
{
    [TestMethod]
    public async Task EncodeFilesAsync_ManyFilesSomeBroken_GivesAllInOrder()
    {
        using TemporaryFolder folder = new();
        using ImageTokenizer tokenizer = TinyTokenizers.Load(options: new ImageTokenizerOptions { BatchSize = 4, PreparationThreads = 3 });
        RgbImage[] images = TinyTokenizers.Images(19);
        List<string> paths = [];
        for (int index = 0; index < images.Length; index++)
        {
            string path = folder[$"{index}.png"];
            if (index % 5 == 2)
            {
                File.WriteAllText(path, "not an image");
            }
            else if (index != 9)
            {
                ImageWriter.Write(images[index], path);
            }

            paths.Add(path);
        }

        List<TokenizedImage> results = await Collect(tokenizer.EncodeFilesAsync(paths));
        CollectionAssert.AreEqual(paths, results.Select(result => result.Path).ToList());
        TokenSequence[] expected = tokenizer.Encode(images);
        for (int index = 0; index < results.Count; index++)
        {
            if (index % 5 == 2)
            {
                Assert.IsInstanceOfType<KarlFormatException>(results[index].Error);
                Assert.IsNull(results[index].Tokens);
            }
            else if (index == 9)
            {
                Assert.IsInstanceOfType<IOException>(results[index].Error);
            }
            else
            {
                Assert.IsNull(results[index].Error);
                CollectionAssert.AreEqual(expected[index].Codes.ToArray(), results[index].Tokens!.Codes.ToArray());
                Assert.IsGreaterThan(0, results[index].Milliseconds);
            }
        }
    }

    [TestMethod]
    public async Task EncodeFilesAsync_OnlyBrokenFiles_GivesThemWithoutWaitingForABatch()
    {
        using ImageTokenizer tokenizer = TinyTokenizers.Load();
        List<TokenizedImage> results = await Collect(tokenizer.EncodeFilesAsync(Enumerable.Range(0, 50).Select(index => $"no-such-{index}.png")));
        Assert.HasCount(50, results);
        Assert.IsTrue(results.All(result => result.Error is not null));
        Assert.IsEmpty(await Collect(tokenizer.EncodeFilesAsync([])));
    }

    [TestMethod]
    public async Task EncodeFilesAsync_EndlessFiles_TakesOnlyAFewAhead()
    {
        using TemporaryFolder folder = new();
        string path = folder["x.png"];
        ImageWriter.Write(TinyTokenizers.Images(1)[0], path);
        using ImageTokenizer tokenizer = TinyTokenizers.Load(options: new ImageTokenizerOptions { BatchSize = 2, PreparationThreads = 2 });
        int asked = 0, taken = 0;
        IEnumerable<string> Endless()
        {
            while (true)
            {
                Interlocked.Increment(ref asked);
                yield return path;
            }
        }

        await foreach (TokenizedImage result in tokenizer.EncodeFilesAsync(Endless()))
        {
            Assert.IsNotNull(result.Tokens);
            if (++taken == 20)
            {
                await Task.Delay(300);
                Assert.IsLessThan(20 + 30, Volatile.Read(ref asked));
                break;
            }
        }

        int afterwards = Volatile.Read(ref asked);
        await Task.Delay(100);
        Assert.AreEqual(afterwards, Volatile.Read(ref asked), "leaving the enumeration stops the work");
    }

    [TestMethod]
    public async Task EncodeFilesAsync_Cancelled_Ends()
    {
        using TemporaryFolder folder = new();
        string path = folder["x.png"];
        ImageWriter.Write(TinyTokenizers.Images(1)[0], path);
        using ImageTokenizer tokenizer = TinyTokenizers.Load();
        using CancellationTokenSource stop = new();
        int seen = 0;
        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
        {
            await foreach (TokenizedImage result in tokenizer.EncodeFilesAsync(Enumerable.Repeat(path, 100_000), cancellationToken: stop.Token))
            {
                if (++seen == 5)
                {
                    await stop.CancelAsync();
                }
            }
        });
        Assert.IsLessThan(1000, seen);
    }

    [TestMethod]
    public async Task EncodeFilesAsync_ListThatFails_PassesTheFailureOn()
    {
        using ImageTokenizer tokenizer = TinyTokenizers.Load();
        IEnumerable<string> Failing()
        {
            yield return "a.png";
            throw new UnauthorizedAccessException("no entry");
        }

        UnauthorizedAccessException exception = await Assert.ThrowsExactlyAsync<UnauthorizedAccessException>(() => Collect(tokenizer.EncodeFilesAsync(Failing())));
        Assert.AreEqual("no entry", exception.Message);
    }

    [TestMethod]
    public void EncodeFilesAsync_BadOptions_ThrowsAtOnce()
    {
        using ImageTokenizer tokenizer = TinyTokenizers.Load();
        Assert.ThrowsExactly<ArgumentException>(() => tokenizer.EncodeFilesAsync([], new TokenizeOptions { Budget = -1 }));
    }

    private static async Task<List<TokenizedImage>> Collect(IAsyncEnumerable<TokenizedImage> source)
    {
        List<TokenizedImage> results = [];
        await foreach (TokenizedImage result in source)
        {
            results.Add(result);
        }

        return results;
    }
}
