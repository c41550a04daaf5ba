using Karl.Testing;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers.Tests;

[TestClass]
public sealed class ImageTokenizerDecodeTests
{
    private const int Values = 3 * TinyModel.ImageSize * TinyModel.ImageSize;

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(7)]
    [DataRow(TinyModel.DefaultBudget)]
    public void Decode_KeptTokensOnly_EqualsTheMaskedDecoderOverAllTokens(int keptCount)
    {
        Random random = new(keptCount);
        TinyModel model = new();
        using ImageTokenizer tokenizer = TinyTokenizers.Load();
        Decode(tokenizer, TokenSequence.FromCodes([], [], TinyModel.CodebookSize, TinyModel.DefaultBudget, 0.05f));

        model.DecoderGraph(); // makes the weights
        int[] codes = [.. Enumerable.Range(0, TinyModel.DefaultBudget).Select(_ => random.Next(TinyModel.CodebookSize))];
        int[] positions = [.. Enumerable.Range(0, TinyModel.DefaultBudget).OrderBy(_ => random.Next()).Take(keptCount).Order()];
        bool[] kept = [.. Enumerable.Range(0, TinyModel.DefaultBudget).Select(position => positions.Contains(position))];
        MaskedTinyDecoder reference = new(model.Weights);
        double[] expected = reference.Decode([.. codes.Select(reference.Code)], kept);

        TokenSequence tokens = TokenSequence.FromCodes(positions, [.. positions.Select(position => codes[position])], TinyModel.CodebookSize, TinyModel.DefaultBudget, 0.05f);
        TensorAssert.AreClose([.. expected.Select(value => (float)value)], Decode(tokenizer, tokens), 2e-5);

        // What dropped tokens hold does not matter, what kept ones hold does: the reference can tell the difference.
        int[] changed = [.. codes.Select((code, position) => kept[position] ? code : (code + 1) % TinyModel.CodebookSize)];
        CollectionAssert.AreEqual(expected, reference.Decode([.. changed.Select(reference.Code)], kept));
        if (keptCount > 0)
        {
            changed = [.. codes.Select((code, position) => kept[position] ? (code + 1) % TinyModel.CodebookSize : code)];
            Assert.IsGreaterThan(0.01, reference.Decode([.. changed.Select(reference.Code)], kept).Zip(expected, (left, right) => Math.Abs(left - right)).Max());
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Decode_ManyOfDifferentCounts_EqualsOneByOneInOrder(bool quantized)
    {
        using ImageTokenizer tokenizer = TinyTokenizers.Load(quantized, options: new ImageTokenizerOptions { BatchSize = 3, Threads = 1 });
        TokenSequence[] tokens = [.. tokenizer.Encode(TinyTokenizers.Images(7)), Empty(quantized)];
        tokens = [.. tokens, tokens[0], tokens[3], Empty(quantized), tokens[0], tokens[0]];
        float[] together = new float[tokens.Length * Values];
        tokenizer.Decode(tokens, together);
        for (int index = 0; index < tokens.Length; index++)
        {
            TensorAssert.AreClose(Decode(tokenizer, tokens[index]), together.AsSpan(index * Values, Values), 1e-5);
        }

        RgbImage[] images = tokenizer.Decode(tokens);
        Assert.HasCount(tokens.Length, images);
        for (int index = 0; index < tokens.Length; index++)
        {
            int worst = images[index].Pixels.ToArray().Zip(PlanarPixels.ToImage(together.AsSpan(index * Values, Values), 32, 32).Pixels.ToArray(), (left, right) => Math.Abs(left - right)).Max();
            Assert.IsLessThanOrEqualTo(1, worst);
        }
    }

    [TestMethod]
    public void Decode_IntoCallersMemory_LeavesTheRestAlone()
    {
        using ImageTokenizer tokenizer = TinyTokenizers.Load();
        TokenSequence tokens = tokenizer.Encode(TinyTokenizers.Images(1)[0]);
        float[] destination = new float[Values + 10];
        destination.AsSpan(Values).Fill(42);
        tokenizer.Decode(tokens, destination.AsSpan());
        Assert.IsTrue(destination.AsSpan(Values).IndexOfAnyExcept(42f) < 0);
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => tokenizer.Decode(tokens, destination.AsSpan(0, Values - 1))).Message, $"holds {Values - 1} values");
        Assert.IsEmpty(tokenizer.Decode([]));
    }

    [TestMethod]
    public void Decode_TokensOfAnotherModel_AreRefusedAllAtOnce()
    {
        using ImageTokenizer tokenizer = TinyTokenizers.Load();
        string message = Assert.ThrowsExactly<ArgumentException>(() => tokenizer.Decode(
            [TokenSequence.FromCodes([0], [0], 4096, 32, 0), TokenSequence.FromLatents([0], new float[12], 12, 32, 0), TokenSequence.FromCodes([0], [0], 64, 256, 0)])).Message;
        StringAssert.Contains(message, "Sequence 0 has codes of a codebook of 4096; this model takes codes of a codebook of 64.");
        StringAssert.Contains(message, "Sequence 1 has continuous latents of 12");
        StringAssert.Contains(message, "Sequence 2 has a budget of 256 tokens; this model takes at most 64.");
    }

    private static TokenSequence Empty(bool quantized) => quantized
        ? TokenSequence.FromCodes([], [], TinyModel.CodebookSize, 32, 0.05f)
        : TokenSequence.FromLatents([], [], TinyModel.LatentWidth, 32, 0.05f);

    private static float[] Decode(ImageTokenizer tokenizer, TokenSequence tokens)
    {
        float[] pixels = new float[Values];
        tokenizer.Decode(tokens, pixels.AsSpan());
        return pixels;
    }
}
