using System.Collections.Immutable;
using Karl.Applications.Explanation;
using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Demonstration;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Tests.Explanation;

[TestClass]
public sealed class TokenExplainerTests
{
    private const int Grid = TinyModel.GridSize;

    [TestMethod]
    public void Explain_ATokenThatIsARowOfTheImage_ChangesThatRowAlone()
    {
        using ImageTokenizer tokenizer = Load(new TinyOneDPiece().Write);
        using TokenExplainer explainer = new(tokenizer);
        TokenExplanation explanation = explainer.Explain(DemonstrationImages.All[1].Draw(64), TokenizeOptions.Exactly(TinyOneDPiece.Tokens));
        Assert.HasCount(TinyOneDPiece.Tokens, explanation.Maps);
        Assert.IsFalse(explanation.HasAttention);
        int rowsInCell = TinyModel.ImageSize / Grid;
        foreach (TokenMap map in explanation.Maps)
        {
            float expected = Math.Abs((explanation.Tokens.Codes[map.Position] / 255f) - 0.5f) / rowsInCell;
            for (int place = 0; place < map.Change.Length; place++)
            {
                Assert.AreEqual(place / Grid == map.Position / rowsInCell ? expected : 0, map.Change[place], 1e-6f, $"Token {map.Position}, place {place}.");
            }
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Explain_KeptTokensOfAnyPositions_AgreesWithDecodingOneByOne(bool quantized)
    {
        using ImageTokenizer tokenizer = Load(new TinyModel(quantized).Write);
        using TokenExplainer explainer = new(tokenizer);
        List<int> told = [];
        TokenExplanation explanation = explainer.Explain(DemonstrationImages.All[3].Draw(64), progress: (done, _) => told.Add(done));
        TokenSequence all = explanation.Tokens;
        Assert.IsGreaterThan(2, all.Count);
        CollectionAssert.AreEqual(Enumerable.Range(1, all.Count).ToArray(), told);
        float[] whole = new float[3 * TinyModel.ImageSize * TinyModel.ImageSize], without = new float[whole.Length];
        tokenizer.Decode(all, whole);
        for (int token = 0; token < all.Count; token++)
        {
            int left = token;
            int[] others = [.. Enumerable.Range(0, all.Count).Where(index => index != left)];
            int[] positions = [.. others.Select(index => all.Positions[index])];
            tokenizer.Decode(
                quantized
                    ? TokenSequence.FromCodes(positions, others.Select(index => all.Codes[index]).ToArray(), all.CodebookSize!.Value, all.Budget, all.Epsilon)
                    : TokenSequence.FromLatents(positions, others.SelectMany(index => all.Latents.Skip(index * all.LatentWidth).Take(all.LatentWidth)).ToArray(), all.LatentWidth, all.Budget, all.Epsilon),
                without);
            double mean = whole.Zip(without, (one, other) => (double)Math.Abs(one - other)).Average();
            Assert.AreEqual(mean, explanation.Maps[token].Mean(TokenMeasure.Change), 1e-6);
            Assert.AreEqual(all.Positions[token], explanation.Maps[token].Position);
        }

        Assert.AreEqual(all.Count, explanation.TokensByRegion(TokenMeasure.Change).Sum(), 1e-6);
        Assert.HasCount(explanation.GridSize * explanation.GridSize, explanation.TokensByPlace(TokenMeasure.Change));
        Assert.AreEqual(all.Count, explanation.TokensByPlace(TokenMeasure.Change).Sum(), 1e-6);
    }

    [TestMethod]
    public void TokensByRegion_MapsOfKnownPlaces_DividesEachTokenInProportion()
    {
        ImmutableArray<float> corner = [.. Enumerable.Range(0, 16).Select(place => place == 0 ? 2f : 0)], nothing = [.. new float[16]], even = [.. Enumerable.Repeat(0.5f, 16)];
        TokenSequence tokens = TokenSequence.FromCodes([1, 2, 5], [0, 0, 0], 4, 8, 0.1f);
        TokenExplanation explanation = new(new RgbImage(32, 32), new RgbImage(32, 32), 0, tokens, Grid, [new(1, 0, corner, []), new(2, 0, nothing, []), new(5, 0, even, [])]);
        ImmutableArray<double> counts = explanation.TokensByRegion(TokenMeasure.Change);
        Assert.AreEqual(1 + (1 / 16.0), counts[0], 1e-9);
        Assert.IsTrue(counts.Skip(1).All(count => Math.Abs(count - (1 / 16.0)) < 1e-9));
        Assert.IsNull(explanation.DetailCorrelation(TokenMeasure.Change), "a black image has the same detail everywhere");
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => explanation.TokensByRegion(TokenMeasure.Attention)).Message, "not known");
    }

    [TestMethod]
    public void Detail_AnImageWithAChessboardInACorner_IsThereAlone()
    {
        RgbImage image = new(32, 32);
        for (int place = 0; place < 64; place++)
        {
            image.Row(place / 8)[(place % 8 * 3)..((place % 8 * 3) + 3)].Fill((byte)((place + (place / 8)) % 2 == 0 ? 0 : 255));
        }

        TokenExplanation explanation = new(image, image, 0, TokenSequence.FromCodes([], [], 4, 8, 0.1f), Grid, []);
        Assert.IsGreaterThan(0.9, explanation.Detail[0]);
        Assert.IsLessThan(0.1, explanation.Detail.Skip(1).Max());
    }

    [TestMethod]
    public void Explain_NoTokens_GivesNoMapsAndASheetThatSaysSo()
    {
        TokenExplanation explanation = new(new RgbImage(32, 32), new RgbImage(32, 32), 0, TokenSequence.FromCodes([], [], 4, 8, 0.1f), Grid, []);
        Assert.IsFalse(explanation.HasAttention);
        Assert.AreEqual(0, explanation.TokensByRegion(TokenMeasure.Attention).Sum());
        Assert.IsGreaterThan(256, ExplanationSheet.Draw(explanation, "none.png", "tiny").Width);
        Assert.AreEqual("position,code,row,column,change,attention\r\n", ExplanationNumbers.ToCsv(explanation));
    }

    [TestMethod]
    public void Constructor_AGraphThatShowsNoAttention_IsRefused()
    {
        using ImageTokenizer tokenizer = Load(new TinyModel().Write);
        byte[] decoder = Karl.Graphs.Onnx.OnnxWriter.ToBytes(new TinyModel().DecoderGraph());
        StringAssert.Contains(Assert.ThrowsExactly<KarlFormatException>(() => new TokenExplainer(tokenizer, decoder)).Message, "an output 'attention' was expected");
        StringAssert.Contains(Assert.ThrowsExactly<KarlFormatException>(() => new TokenExplainer(tokenizer, [1, 2, 3])).Message, "cannot be loaded");
    }

    private static ImageTokenizer Load(Action<string> write)
    {
        using TemporaryFolder folder = new();
        write(folder["tiny.karl"]);
        return ImageTokenizer.Load(folder["tiny.karl"], new ImageTokenizerOptions { Threads = 1, AllowSpinning = false });
    }
}
