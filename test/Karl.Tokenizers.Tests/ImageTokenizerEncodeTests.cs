using Karl.Testing;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers.Tests;

[TestClass]
public sealed class ImageTokenizerEncodeTests
{
    [TestMethod]
    [DataRow(true, false)]
    [DataRow(false, false)]
    [DataRow(true, true)]
    [DataRow(false, true)]
    public void Encode_BatchOfMany_EqualsOneByOne(bool quantized, bool vae)
    {
        using ImageTokenizer tokenizer = TinyTokenizers.Load(quantized, vae, new ImageTokenizerOptions { BatchSize = 3, Threads = 1 });
        RgbImage[] images = TinyTokenizers.Images(8);
        TokenSequence[] together = tokenizer.Encode(images);
        for (int index = 0; index < images.Length; index++)
        {
            TokenSequence alone = tokenizer.Encode(images[index]);
            CollectionAssert.AreEqual(alone.Positions.ToArray(), together[index].Positions.ToArray());
            CollectionAssert.AreEqual(alone.Codes.ToArray(), together[index].Codes.ToArray());
            TensorAssert.AreClose(alone.Latents.AsSpan(), together[index].Latents.AsSpan(), 1e-5);
            TensorAssert.AreClose(alone.HaltingProbabilities.AsSpan(), together[index].HaltingProbabilities.AsSpan(), 1e-5);
        }

        Assert.IsGreaterThan(1, together.Select(tokens => tokens.Count).Distinct().Count(), "the images should keep different numbers of tokens");
        Assert.IsTrue(together.All(tokens => tokens.Count is > 0 and < TinyModel.DefaultBudget));
    }

    [TestMethod]
    public void Encode_IncludeLatents_GivesTheCodebooksEntriesBesideTheCodes()
    {
        using ImageTokenizer tokenizer = TinyTokenizers.Load();
        RgbImage[] images = TinyTokenizers.Images(3);
        TokenSequence[] without = tokenizer.Encode(images), with = tokenizer.Encode(images, new TokenizeOptions { IncludeLatents = true });
        for (int index = 0; index < images.Length; index++)
        {
            Assert.IsEmpty(without[index].Latents);
            CollectionAssert.AreEqual(without[index].Codes.ToArray(), with[index].Codes.ToArray());
            Assert.HasCount(with[index].Count * TinyModel.LatentWidth, with[index].Latents);
            Assert.AreEqual(without[index].Bits, with[index].Bits);
        }

        (int Code, string Entry)[] entries = [.. with.SelectMany(tokens => tokens.Codes.Zip(tokens.Latents.Chunk(TinyModel.LatentWidth).Select(entry => string.Join(' ', entry))))];
        Assert.IsGreaterThan(1, entries.Select(pair => pair.Code).Distinct().Count());
        Assert.AreEqual(entries.Select(pair => pair.Code).Distinct().Count(), entries.Distinct().Count(), "a code has one entry, wherever it is");
    }

    [TestMethod]
    public void Encode_Tokens_AreThoseNotAboveTheThreshold()
    {
        using ImageTokenizer tokenizer = TinyTokenizers.Load();
        TokenSequence tokens = tokenizer.Encode(TinyTokenizers.Images(1)[0]);
        Assert.HasCount(TinyModel.DefaultBudget, tokens.HaltingProbabilities);
        int[] expected = [.. Enumerable.Range(0, TinyModel.DefaultBudget).Where(position => !(tokens.HaltingProbabilities[position] > 0.75f))];
        CollectionAssert.AreEqual(expected, tokens.Positions.ToArray());
        float exactly = tokens.HaltingProbabilities.Max();
        Assert.AreEqual(TinyModel.DefaultBudget, tokenizer.Encode(TinyTokenizers.Images(1)[0], new TokenizeOptions { HaltingThreshold = exactly }).Count, "a probability equal to the threshold is kept");
        Assert.AreEqual(0, tokenizer.Encode(TinyTokenizers.Images(1)[0], new TokenizeOptions { HaltingThreshold = 0 }).Count);
    }

    [TestMethod]
    public void Encode_Options_ReachTheGraph()
    {
        using ImageTokenizer tokenizer = TinyTokenizers.Load();
        RgbImage image = TinyTokenizers.Images(1)[0];
        TokenSequence small = tokenizer.Encode(image, new TokenizeOptions { Budget = 5, Epsilon = 0.01f });
        TokenSequence large = tokenizer.Encode(image, new TokenizeOptions { Budget = 64, Epsilon = 0.3f });
        Assert.AreEqual(5, small.Budget);
        Assert.HasCount(5, small.HaltingProbabilities);
        Assert.HasCount(64, large.HaltingProbabilities);
        Assert.AreEqual(0.3f, large.Epsilon);
        Assert.IsTrue(small.HaltingProbabilities.Zip(large.HaltingProbabilities).All(pair => pair.First < pair.Second), "a larger epsilon halts more");
    }

    [TestMethod]
    public void Encode_PlanarPixels_EqualsEncodeOfTheImages()
    {
        using ImageTokenizer tokenizer = TinyTokenizers.Load(options: new ImageTokenizerOptions { BatchSize = 2 });
        RgbImage[] images = TinyTokenizers.Images(5);
        ImagePreprocessor preprocessor = new(new ImagePreprocessorOptions { Size = 32 });
        float[] pixels = new float[5 * preprocessor.ValueCount];
        for (int index = 0; index < 5; index++)
        {
            preprocessor.Process(images[index], pixels.AsSpan(index * preprocessor.ValueCount));
        }

        TokenSequence[] expected = tokenizer.Encode(images), actual = tokenizer.Encode(pixels.AsMemory());
        Assert.HasCount(5, actual);
        for (int index = 0; index < 5; index++)
        {
            CollectionAssert.AreEqual(expected[index].HaltingProbabilities.ToArray(), actual[index].HaltingProbabilities.ToArray());
        }

        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => tokenizer.Encode(pixels.AsMemory(1))).Message, "multiple of 3 x 32 x 32");
        Assert.IsEmpty(tokenizer.Encode(ReadOnlyMemory<float>.Empty));
    }

    [TestMethod]
    public void Encode_VaeWithSeed_SamplesTheSameForEveryImageAndRun()
    {
        using ImageTokenizer tokenizer = TinyTokenizers.Load(quantized: false, vae: true);
        RgbImage image = TinyTokenizers.Images(1)[0];
        TokenSequence mean = tokenizer.Encode(image);
        TokenSequence[] sampled = tokenizer.Encode([image, image], new TokenizeOptions { SamplingSeed = 3 });
        TokenSequence other = tokenizer.Encode(image, new TokenizeOptions { SamplingSeed = 4 });
        TensorAssert.AreClose(sampled[0].HaltingProbabilities.AsSpan(), sampled[1].HaltingProbabilities.AsSpan(), 1e-6);
        CollectionAssert.AreNotEqual(mean.HaltingProbabilities.ToArray(), sampled[0].HaltingProbabilities.ToArray());
        CollectionAssert.AreNotEqual(other.HaltingProbabilities.ToArray(), sampled[0].HaltingProbabilities.ToArray());
    }

    [TestMethod]
    public void Encode_BadOptions_ListsAllProblems()
    {
        using ImageTokenizer tokenizer = TinyTokenizers.Load();
        string message = Assert.ThrowsExactly<ArgumentException>(() =>
            tokenizer.Encode(TinyTokenizers.Images(1)[0], new TokenizeOptions { Epsilon = float.NaN, Budget = 65, HaltingThreshold = 1.5f })).Message;
        StringAssert.Contains(message, "Epsilon is NaN");
        StringAssert.Contains(message, "Budget is 65; 1 to 64");
        StringAssert.Contains(message, "HaltingThreshold is 1.5");
        Assert.ThrowsExactly<ArgumentException>(() => tokenizer.Encode(TinyTokenizers.Images(1)[0], new TokenizeOptions { Epsilon = -0.01f }));
        Assert.ThrowsExactly<ArgumentException>(() => tokenizer.Encode(TinyTokenizers.Images(1)[0], new TokenizeOptions { Epsilon = float.PositiveInfinity }));
        Assert.ThrowsExactly<ArgumentException>(() => tokenizer.Encode(TinyTokenizers.Images(1)[0], new TokenizeOptions { Budget = 0 }));
        Assert.ThrowsExactly<ArgumentException>(() => tokenizer.Encode([null!]));
    }

    [TestMethod]
    public void Encode_FromManyThreads_GivesEachItsOwn()
    {
        using ImageTokenizer tokenizer = TinyTokenizers.Load();
        RgbImage[] images = TinyTokenizers.Images(6);
        TokenSequence[] expected = tokenizer.Encode(images);
        float[][] pictures = [.. expected.Select(tokens => Decode(tokenizer, tokens))];
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, round =>
        {
            int index = round % images.Length;
            TokenSequence tokens = tokenizer.Encode(images[index], new TokenizeOptions { Budget = TinyModel.DefaultBudget });
            CollectionAssert.AreEqual(expected[index].Codes.ToArray(), tokens.Codes.ToArray());
            TensorAssert.AreClose(pictures[index], Decode(tokenizer, tokens), 1e-5);
        });
    }

    [TestMethod]
    public void Encode_Cancelled_Stops()
    {
        using ImageTokenizer tokenizer = TinyTokenizers.Load();
        Assert.ThrowsExactly<OperationCanceledException>(() => tokenizer.Encode(TinyTokenizers.Images(1)[0], cancellationToken: new CancellationToken(true)));
    }

    private static float[] Decode(ImageTokenizer tokenizer, TokenSequence tokens)
    {
        float[] pixels = new float[3 * 32 * 32];
        tokenizer.Decode(tokens, pixels.AsSpan());
        return pixels;
    }
}
