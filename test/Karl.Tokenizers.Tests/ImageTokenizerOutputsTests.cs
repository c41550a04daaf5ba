using Karl.Testing;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Reconstruction;
using Karl.Tokenizers.TokenFiles;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers.Tests;

[TestClass]
public sealed class ImageTokenizerOutputsTests
{
    [TestMethod]
    public async Task EncodeFilesAsync_OutputThatHasSome_DoesTheRestAndCounts()
    {
        using TemporaryFolder folder = new();
        using ImageTokenizer tokenizer = TinyTokenizers.Load();
        string[] paths = [.. Enumerable.Range(0, 8).Select(index => folder[$"{index}.png"])];
        RgbImage[] images = TinyTokenizers.Images(8);
        for (int index = 0; index < 7; index++)
        {
            ImageWriter.Write(images[index], paths[index]);
        }

        TokenFileSettings settings = TokenFileSettings.Of(tokenizer.Manifest, new TokenizeOptions());
        List<string> heard = [];
        TokenizingSummary first, second;
        using (TokenLineFile file = TokenLineFile.OpenOrCreate(folder["x.jsonl"], settings))
        {
            first = await tokenizer.EncodeFilesAsync(paths[..3], file);
            second = await tokenizer.EncodeFilesAsync(paths, file, progress: line => heard.Add(line.Path));
        }

        Assert.AreEqual((3L, 0L, 0L), (first.Tokenized, first.Failed, first.Skipped));
        Assert.AreEqual((4L, 1L, 3L), (second.Tokenized, second.Failed, second.Skipped));
        CollectionAssert.AreEqual(paths[3..], heard);
        CollectionAssert.AreEqual(paths, TokenLineReader.Read(folder["x.jsonl"]).Select(line => line.Path).ToArray());
        Assert.AreEqual(TokenLineReader.Read(folder["x.jsonl"]).Sum(line => line.Tokens?.Count ?? 0), first.Tokens + second.Tokens);
    }

    [TestMethod]
    public async Task ReconstructAsync_LinesOfAllKinds_GivesThemInOrder()
    {
        using TemporaryFolder folder = new();
        using ImageTokenizer tokenizer = TinyTokenizers.Load();
        string path = folder["a.png"];
        ImageWriter.Write(TinyTokenizers.Images(1)[0], path);
        TokenSequence tokens = tokenizer.Encode(path);
        string model = TokenFileSettings.ModelOf(tokenizer.Manifest);
        TokenLine[] lines =
        [
            .. Enumerable.Range(0, 20).Select(index => new TokenLine(path, tokens, null, model, 1)),
            new TokenLine("broken.png", null, "broken", null, 0),
            new TokenLine("gone.png", tokens, null, model, 1),
        ];
        ReconstructedImage[] results = await tokenizer.ReconstructAsync(lines.ToAsyncEnumerable()).ToArrayAsync();
        CollectionAssert.AreEqual(lines.Select(line => line.Path).ToArray(), results.Select(result => result.Path).ToArray());
        byte[] expected = tokenizer.Decode(tokens).Pixels.ToArray();
        Assert.IsTrue(results[..20].All(result => result.Comparison is not null && result.Problem is null && result.Reconstruction!.Pixels.Span.SequenceEqual(expected)));
        Assert.AreEqual((null, "broken"), (results[20].Reconstruction, results[20].Problem));
        Assert.IsNotNull(results[21].Reconstruction);
        Assert.AreEqual((null, null, "'gone.png' is not there."), (results[21].Original, results[21].Comparison, results[21].Problem));
    }

    [TestMethod]
    public async Task ReconstructAsync_TokensOfAnotherModel_IsRefused()
    {
        using ImageTokenizer tokenizer = TinyTokenizers.Load();
        TokenLine line = new("a.png", TokenSequence.FromCodes([1], [3], TinyModel.CodebookSize, 32, 0.05f), null, "0123456789abcdef", 1);
        KarlFormatException exception = await Assert.ThrowsExactlyAsync<KarlFormatException>(async () => await tokenizer.ReconstructAsync(new[] { line }.ToAsyncEnumerable()).CountAsync());
        StringAssert.Contains(exception.Message, "made with model 0123456789abcdef");
    }
}
