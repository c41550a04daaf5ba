using Karl.Testing;
using Karl.Tokenizers.Evaluation;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers.Tests.Families;

[TestClass]
public sealed class PrefixEncoderTests
{
    private const int Size = TinyModel.ImageSize, Values = 3 * Size * Size;

    [TestMethod]
    [DataRow(0.5f, 1, 6)]
    [DataRow(0.25f, 16, 6)]
    [DataRow(0.1f, 26, 6)]
    [DataRow(0.001f, 32, 6)]
    [DataRow(0f, 32, 0)]
    public void Encode_ErrorAskedFor_KeepsTheFewestFirstTokensThatMeetIt(float epsilon, int expected, int decoderRuns)
    {
        using ImageTokenizer tokenizer = Load();
        TokenSequence tokens = tokenizer.Encode(Stripes(), new TokenizeOptions { Epsilon = epsilon })[0];
        CollectionAssert.AreEqual(Enumerable.Range(0, expected).ToArray(), tokens.Positions.ToArray());
        CollectionAssert.AreEqual(tokenizer.Encode(Stripes(), TokenizeOptions.Exactly(expected))[0].Codes.ToArray(), tokens.Codes.ToArray());
        Assert.AreEqual(new ModelRuns(1, decoderRuns), tokens.Runs);
        Assert.AreEqual((epsilon, TinyOneDPiece.Tokens), (tokens.Epsilon, tokens.Budget));
        Assert.IsTrue(tokens.HaltingProbabilities.IsEmpty);
    }

    [TestMethod]
    public void Encode_EveryLength_FindsTheSameWithARunForEachToken()
    {
        using ImageTokenizer tokenizer = Load();
        TokenSequence tokens = tokenizer.Encode(Stripes(), new TokenizeOptions { Epsilon = 0.1f, Search = PrefixSearch.EveryLength })[0];
        Assert.AreEqual((26, new ModelRuns(1, 26)), (tokens.Count, tokens.Runs));
    }

    [TestMethod]
    [DataRow(PrefixSearch.Bisection, 1)]
    [DataRow(PrefixSearch.EveryLength, 10)]
    public void Encode_ErrorOutOfReach_KeepsTheClosestThatWasTried(PrefixSearch search, int decoderRuns)
    {
        using ImageTokenizer tokenizer = Load();
        TokenSequence tokens = tokenizer.Encode(Stripes(), new TokenizeOptions { Epsilon = 0.1f, Budget = 10, Search = search })[0];
        Assert.AreEqual((10, new ModelRuns(1, decoderRuns)), (tokens.Count, tokens.Runs));
    }

    [TestMethod]
    public void Encode_ErrorsThatRiseAndFall_FindsTheShortestOfAllOnlyByEveryLength()
    {
        using ImageTokenizer tokenizer = Load(isWild: true);
        double[] errors = [.. tokenizer.EncodeLengths(Stripes()).Select(tokens => Error(tokenizer, tokens))];
        Assert.IsTrue(errors.Zip(errors.Skip(1)).Any(pair => pair.Second > pair.First), "errors were meant to rise and fall");
        bool differed = false;
        foreach (float epsilon in new[] { 0.1f, 0.2f, 0.22f, 0.285f, 0.3f, 0.31f, 0.4f })
        {
            int shortest = 1 + Array.FindIndex(errors, error => error <= epsilon);
            int every = tokenizer.Encode(Stripes(), new TokenizeOptions { Epsilon = epsilon, Budget = 31, Search = PrefixSearch.EveryLength })[0].Count;
            int halves = tokenizer.Encode(Stripes(), new TokenizeOptions { Epsilon = epsilon, Budget = 31 })[0].Count;
            Assert.AreEqual(shortest, every);
            Assert.IsLessThanOrEqualTo(epsilon, errors[halves - 1]);
            differed |= halves != shortest;
        }

        Assert.IsTrue(differed, "the search by halves was meant to miss the shortest somewhere");
    }

    [TestMethod]
    public void Encode_Batch_GivesEachImageWhatItGetsAlone()
    {
        using ImageTokenizer tokenizer = Load();
        RgbImage[] images = TinyTokenizers.Images(7);
        TokenizeOptions options = new() { Epsilon = 0.2f };
        TokenSequence[] together = tokenizer.Encode(images, options);
        for (int index = 0; index < images.Length; index++)
        {
            TokenSequence alone = tokenizer.Encode(images[index], options);
            Assert.AreEqual(alone.ToString(), together[index].ToString());
            Assert.AreEqual(alone.Runs, together[index].Runs);
        }

        Assert.IsGreaterThan(1, together.Select(tokens => tokens.Count).Distinct().Count());
    }

    [TestMethod]
    public void Encode_LatentsToo_GivesThoseOfTheKeptTokens()
    {
        using ImageTokenizer tokenizer = Load();
        TokenSequence tokens = tokenizer.Encode(Stripes(), new TokenizeOptions { Epsilon = 0.1f, IncludeLatents = true })[0];
        Assert.AreEqual((26, TinyModel.LatentWidth), (tokens.Count, tokens.LatentWidth));
        CollectionAssert.AreEqual(Enumerable.Range(0, 26 * TinyModel.LatentWidth).Select(index => (float)(index / TinyModel.LatentWidth % 2)).ToArray(), tokens.Latents.ToArray());
        Assert.IsTrue(tokenizer.Encode(Stripes(), new TokenizeOptions { Epsilon = 0.1f })[0].Latents.IsEmpty);
    }

    [TestMethod]
    public void Encode_LoadedForEncodingOnly_SearchesAllTheSame()
    {
        using ImageTokenizer tokenizer = Load(parts: TokenizerParts.Encoder);
        Assert.AreEqual(26, tokenizer.Encode(Stripes(), new TokenizeOptions { Epsilon = 0.1f })[0].Count);
    }

    [TestMethod]
    public void Encode_Image_IsResizedBilinearly()
    {
        using ImageTokenizer tokenizer = Load();
        RgbImage image = TinyTokenizers.Images(1)[0];
        float[] bilinear = new float[Values], bicubic = new float[Values];
        new ImagePreprocessor(new ImagePreprocessorOptions { Size = Size, Resampling = Resampling.Bilinear }).Process(image, bilinear);
        new ImagePreprocessor(new ImagePreprocessorOptions { Size = Size }).Process(image, bicubic);
        int[] codes = [.. tokenizer.Encode(image, TokenizeOptions.Exactly(32)).Codes];
        CollectionAssert.AreEqual(tokenizer.Encode(bilinear, TokenizeOptions.Exactly(32))[0].Codes.ToArray(), codes);
        CollectionAssert.AreNotEqual(tokenizer.Encode(bicubic, TokenizeOptions.Exactly(32))[0].Codes.ToArray(), codes);
    }

    [TestMethod]
    public void EncodeLengths_AllOfThem_TakeOneRun()
    {
        using ImageTokenizer tokenizer = Load();
        TokenSequence[] all = tokenizer.EncodeLengths(Stripes());
        CollectionAssert.AreEqual(Enumerable.Range(1, 32).ToArray(), all.Select(tokens => tokens.Count).ToArray());
        Assert.AreEqual(new ModelRuns(1, 0), all.Select(tokens => tokens.Runs!.Value).Aggregate((left, right) => left + right));
        Assert.IsTrue(all.All(tokens => tokens.Codes.SequenceEqual(all[^1].Codes.Take(tokens.Count))));
        Assert.IsEmpty(tokenizer.EncodeLengths(Stripes(), []));
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => tokenizer.EncodeLengths(Stripes(), [4, 33])).Message, "Budget is 33");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => tokenizer.EncodeLengths(Stripes(), [4, 4])).Message, "Length 4 follows 4");
    }

    [TestMethod]
    [DataRow(0.1f, 6)]
    [DataRow(0f, 1)]
    public void EncodeAndDecode_GivesWhatDecodingGives_WithoutDecodingTwice(float epsilon, int decoderRuns)
    {
        using ImageTokenizer tokenizer = Load();
        float[] pixels = [.. Stripes(), .. Stripes(), .. Stripes(), .. Stripes(), .. Stripes()];
        float[] back = new float[pixels.Length], expected = new float[Values];
        TokenSequence[] tokens = tokenizer.EncodeAndDecode(pixels, back, new TokenizeOptions { Epsilon = epsilon });
        for (int index = 0; index < tokens.Length; index++)
        {
            Assert.AreEqual(new ModelRuns(1, decoderRuns), tokens[index].Runs);
            tokenizer.Decode(tokens[index], expected);
            CollectionAssert.AreEqual(expected, back.AsSpan(index * Values, Values).ToArray());
        }
    }

    [TestMethod]
    public void Load_FixedLength_HasOneLengthAndNeverSearches()
    {
        using ImageTokenizer tokenizer = Load(isFixed: true);
        CollectionAssert.AreEqual(new[] { 32 }, tokenizer.Lengths.ToArray());
        TokenSequence tokens = tokenizer.Encode(Stripes(), new TokenizeOptions { Epsilon = 0.5f })[0];
        Assert.AreEqual((32, new ModelRuns(1, 0)), (tokens.Count, tokens.Runs));
    }

    [TestMethod]
    public void Evaluate_ErrorsAskedFor_AreMetAndRunsAreCounted()
    {
        using TemporaryFolder folder = new();
        using ImageTokenizer tokenizer = Load();
        RgbImage[] images = TinyTokenizers.Images(3);
        for (int index = 0; index < images.Length; index++)
        {
            ImageWriter.Write(images[index], folder[$"{index}.png"]);
        }

        EvaluationReport report = tokenizer.Evaluate(Directory.GetFiles(folder.FullPath), new EvaluationOptions { Budgets = [8], Epsilons = [0.4f] });
        Assert.AreEqual((1, 1), (report.Rows[0].EncoderRuns, report.Rows[0].DecoderRuns));
        Assert.AreEqual((1, 6), (report.Rows[1].EncoderRuns, report.Rows[1].DecoderRuns));
        Assert.AreEqual(0, report.Rows[1].Violations!.Share);
        StringAssert.Contains(report.ToString(), "1 + 6");
    }

    private static ImageTokenizer Load(bool isFixed = false, bool isWild = false, TokenizerParts parts = TokenizerParts.All)
    {
        using TemporaryFolder folder = new();
        new TinyOneDPiece(isFixed, isWild).Write(folder["tiny.karl"]);
        return ImageTokenizer.Load(folder["tiny.karl"], new ImageTokenizerOptions { Threads = 1, AllowSpinning = false, Parts = parts });
    }

    /// <summary>Black and white rows by turns: with n tokens, 32 - n rows are grey, and the error is a 64th for each of them.</summary>
    private static float[] Stripes() => [.. Enumerable.Range(0, Values).Select(index => (float)(index / Size % Size % 2))];

    private static double Error(ImageTokenizer tokenizer, TokenSequence tokens)
    {
        float[] back = new float[Values];
        tokenizer.Decode(tokens, back);
        return ImageMetrics.MeanAbsoluteError(Stripes(), back);
    }
}
