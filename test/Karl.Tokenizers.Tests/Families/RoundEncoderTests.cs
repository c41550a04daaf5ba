using Karl.Testing;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers.Tests.Families;

[TestClass]
public sealed class RoundEncoderTests
{
    private const int Values = 3 * TinyModel.ImageSize * TinyModel.ImageSize;

    [TestMethod]
    [DataRow(true, false)]
    [DataRow(false, false)]
    [DataRow(true, true)]
    [DataRow(false, true)]
    public void EncodeLengths_AllRounds_GivesWhatEachRoundMade(bool quantized, bool vae)
    {
        using SlowRounds slow = new(quantized, vae);
        using ImageTokenizer tokenizer = slow.Load();
        float[] pixels = Pixels(1);
        var expected = slow.Run(pixels);
        TokenSequence[] found = tokenizer.EncodeLengths(pixels);
        CollectionAssert.AreEqual(new[] { 16, 32, 48, 64 }, tokenizer.Lengths.ToArray());
        Assert.HasCount(TinyAlit.Rounds, found);
        for (int round = 0; round < found.Length; round++)
        {
            CollectionAssert.AreEqual(Enumerable.Range(0, (round + 1) * TinyAlit.Step).ToArray(), found[round].Positions.ToArray());
            AssertTokens(expected[round].Tokens, found[round]);
            Assert.AreEqual(new ModelRuns(Encoder: 1, Decoder: 0), found[round].Runs);
        }
    }

    [TestMethod]
    public void EncodeLengths_SomeLengths_SaysTheRunsBetweenThem()
    {
        using SlowRounds slow = new(quantized: true, vae: false);
        using ImageTokenizer tokenizer = slow.Load();
        TokenSequence[] found = tokenizer.EncodeLengths(Pixels(1), [16, 64]);
        CollectionAssert.AreEqual(new ModelRuns?[] { new(1, 0), new(3, 0) }, found.Select(tokens => tokens.Runs).ToArray());
        CollectionAssert.AreEqual(new[] { 16, 64 }, found.Select(tokens => tokens.Count).ToArray());
    }

    [TestMethod]
    [DataRow(true, false)]
    [DataRow(false, true)]
    public void Encode_AnyEpsilon_GivesTheFirstRoundBelowItElseTheBest(bool quantized, bool vae)
    {
        using SlowRounds slow = new(quantized, vae);
        using ImageTokenizer tokenizer = slow.Load();
        HashSet<int> counts = [];
        for (int seed = 0; seed < 6; seed++)
        {
            float[] pixels = Pixels(1, seed);
            var rounds = slow.Run(pixels);
            double[] errors = [.. rounds.Select(round => round.Error)];
            foreach (double error in errors.Append(errors.Min() * 0.5).Append(errors.Max() * 2))
            {
                float epsilon = (float)(error * 1.0001);
                int first = Array.FindIndex(errors, one => one < epsilon);
                int expected = first >= 0 ? first : Array.IndexOf(errors, errors.Min());
                TokenSequence tokens = tokenizer.Encode(pixels, new TokenizeOptions { Epsilon = epsilon })[0];
                Assert.AreEqual((expected + 1) * TinyAlit.Step, tokens.Count);
                AssertTokens(rounds[expected].Tokens, tokens);
                int runs = first >= 0 ? first + 1 : TinyAlit.Rounds;
                Assert.AreEqual(new ModelRuns(runs, runs), tokens.Runs);
                counts.Add(tokens.Count);
            }
        }

        Assert.IsGreaterThan(2, counts.Count, "These images need too few different lengths to show anything.");
    }

    [TestMethod]
    public void EncodeAndDecode_ImagesThatNeedDifferentRounds_GiveWhatEachGivesAlone()
    {
        using SlowRounds slow = new(quantized: true, vae: false);
        using ImageTokenizer tokenizer = slow.Load(batchSize: 5);
        const int count = 12;
        float[] pixels = Pixels(count), together = new float[pixels.Length], alone = new float[Values];
        TokenizeOptions options = new() { Epsilon = (float)MedianError(slow, pixels), ImageHalting = ImageTokenHalting.Certain };
        TokenSequence[] found = tokenizer.EncodeAndDecode(pixels, together, options);
        for (int image = 0; image < count; image++)
        {
            TokenSequence one = tokenizer.EncodeAndDecode(pixels.AsMemory(image * Values, Values), alone, options)[0];
            CollectionAssert.AreEqual(one.Codes.ToArray(), found[image].Codes.ToArray());
            Assert.AreEqual(one.Runs, found[image].Runs);
            TensorAssert.AreClose(alone, together.AsSpan(image * Values, Values), 1e-5, 3, TinyModel.ImageSize, TinyModel.ImageSize);
            float[] decoded = new float[Values];
            tokenizer.Decode(found[image], decoded);
            TensorAssert.AreClose(decoded, together.AsSpan(image * Values, Values), 1e-5, 3, TinyModel.ImageSize, TinyModel.ImageSize);
        }

        Assert.IsGreaterThan(1, found.Select(tokens => tokens.Count).Distinct().Count());
    }

    [TestMethod]
    [DataRow(ImageTokenHalting.None, 16, 0)]
    [DataRow(ImageTokenHalting.None, 64, 0)]
    [DataRow(ImageTokenHalting.Certain, 64, 3)]
    [DataRow(ImageTokenHalting.Tossed, 48, 2)]
    public void Encode_FixedNumber_DecodesOnlyToHaltImageTokens(ImageTokenHalting halting, int tokens, int decoderRuns)
    {
        using SlowRounds slow = new(quantized: true, vae: false);
        using ImageTokenizer tokenizer = slow.Load();
        float[] pixels = Pixels(1);
        TokenSequence found = tokenizer.Encode(pixels, TokenizeOptions.Exactly(tokens) with { ImageHalting = halting, SamplingSeed = 5 })[0];
        Assert.AreEqual(new ModelRuns(tokens / TinyAlit.Step, decoderRuns), found.Runs);
        AssertTokens(slow.Run(pixels, halting, seed: 5)[(tokens / TinyAlit.Step) - 1].Tokens, found);
    }

    [TestMethod]
    public void Encode_HaltedImageTokens_MakeOtherTokensThanNone()
    {
        using SlowRounds slow = new(quantized: false, vae: false);
        float[] pixels = Pixels(1);
        double[] Last(ImageTokenHalting halting, int seed) => slow.Run(pixels, halting, seed)[^1].Tokens;
        float[] halted = slow.Run(pixels, ImageTokenHalting.Certain)[0].Halted;
        Assert.IsTrue(halted.Any(share => share == 1) && halted.Any(share => share == 0));
        CollectionAssert.AreNotEqual(Last(ImageTokenHalting.None, 0), Last(ImageTokenHalting.Certain, 0));
        CollectionAssert.AreNotEqual(Last(ImageTokenHalting.Certain, 0), Last(ImageTokenHalting.Tossed, 0));
        CollectionAssert.AreNotEqual(Last(ImageTokenHalting.Tossed, 0), Last(ImageTokenHalting.Tossed, 1));
    }

    [TestMethod]
    public void Encode_NothingAskedFor_AsksForTheBundlesOwnError()
    {
        using SlowRounds slow = new(quantized: true, vae: false);
        using ImageTokenizer tokenizer = slow.Load();
        Assert.AreEqual(0.07f, tokenizer.Encode(Pixels(1))[0].Epsilon);
    }

    [TestMethod]
    public void Encode_WhatCannotBe_IsRefused()
    {
        using SlowRounds slow = new(quantized: true, vae: true);
        using ImageTokenizer tokenizer = slow.Load();
        var error = Assert.ThrowsExactly<ArgumentException>(
            () => tokenizer.Encode(Pixels(1), new TokenizeOptions { Budget = 40, ImageHalting = ImageTokenHalting.Certain }));
        StringAssert.Contains(error.Message, "Budget is 40; this model gives tokens by 16");
        StringAssert.Contains(error.Message, "ImageHalting is Certain; None was expected");
        StringAssert.Contains(error.Message, "alit over vae");
    }

    private static double MedianError(SlowRounds slow, float[] pixels)
    {
        double[] errors = [.. Enumerable.Range(0, pixels.Length / Values)
            .SelectMany(image => slow.Run(pixels[(image * Values)..((image + 1) * Values)], ImageTokenHalting.Certain).Select(round => round.Error)).Order()];
        return errors[errors.Length / 2];
    }

    private static void AssertTokens(double[] expected, TokenSequence found)
    {
        if (found.IsQuantized)
        {
            CollectionAssert.AreEqual(expected.Select(code => (int)code).ToArray(), found.Codes.ToArray());
        }
        else
        {
            TensorAssert.AreClose(Array.ConvertAll(expected, number => (float)number), found.Latents.AsSpan(), 1e-5, found.Count, found.LatentWidth);
        }
    }

    /// <summary>Smooth images, each of its own colours, with some noise.</summary>
    private static float[] Pixels(int count, int seed = 1)
    {
        Random random = new(seed);
        float[] pixels = new float[count * Values];
        for (int plane = 0; plane < 3 * count; plane++)
        {
            (double start, double slope, double noise) = (random.NextDouble(), random.NextDouble() - 0.5, random.NextDouble() * 0.2);
            for (int index = 0; index < Values / 3; index++)
            {
                pixels[(plane * Values / 3) + index] = (float)Math.Clamp(start + (slope * index / (Values / 3)) + (noise * random.NextDouble()), 0, 1);
            }
        }

        return pixels;
    }
}
