using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Microsoft.ML.Data;
using Microsoft.ML.Karl.Internals.Imaging;

namespace Microsoft.ML.Karl.Tests;

[TestClass]
public sealed partial class ReconstructTests
{
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Transform_Tokens_GivesWhatTheTokenizerGives(bool quantized)
    {
        using Workplace place = new(quantized);
        ImagePath[] photos = place.Photos(5);
        using TransformerChain<KarlReconstructingTransformer> model = Chain(place, quantized).Fit(place.View(photos));
        byte[][] images = Images(model.Transform(place.View(photos)));
        using ImageTokenizer tokenizer = ImageTokenizer.Load(place.Model, new ImageTokenizerOptions { Threads = 1 });
        for (int index = 0; index < photos.Length; index++)
        {
            RgbImage expected = tokenizer.Decode(tokenizer.Encode(photos[index].Path!));
            int largest = expected.Pixels.ToArray().Zip(images[index], (left, right) => Math.Abs(left - right)).Max();
            Assert.IsLessThan(2, largest, "truncation to bytes may differ by one where batches round otherwise");
        }
    }

    [TestMethod]
    public void Transform_ContradictoryTokens_ThrowsInItsRow()
    {
        using Workplace place = new(quantized: false);
        IDataView view = place.View(new[] { new Latents { Values = new float[12], Positions = [1, 2] } });
        using KarlReconstructingTransformer transformer = place.Context.Transforms.KarlReconstruct("Back", "Values", new KarlReconstructOptions { Model = place.Model }).Fit(view);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => Images(transformer.Transform(view))).Message, "'Values' and 'Positions'");
    }

    [TestMethod]
    public void Fit_ColumnsThatAreNoTokens_SaysWhatWouldFit()
    {
        using Workplace place = new();
        IDataView view = place.View(new[] { new Latents { Values = new float[12], Positions = [1] } });
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(
            () => place.Context.Transforms.KarlReconstruct("Back", "Values", new KarlReconstructOptions { Model = place.Model }).Fit(view));
        Assert.AreEqual("Column 'Values' is a vector of Single; a vector of keys (the codes of a codebook of 64) was expected.", exception.Message);
    }

    private static EstimatorChain<KarlReconstructingTransformer> Chain(Workplace place, bool quantized) => place.Context.Transforms
        .KarlTokenize(null, "Path", place.Tokenize.WithAllColumns(quantized))
        .Append(place.Context.Transforms.KarlReconstruct(
            "Back", quantized ? "Codes" : "Latents", new KarlReconstructOptions { Model = place.Model, BatchSize = 2, Threads = 1 }));

    private static byte[][] Images(IDataView view) => [.. view.GetColumn<MLImage>("Back").Select(image => ImagePixels.ToRgb(image).Pixels.ToArray())];

    private sealed class Latents
    {
        public float[]? Values { get; set; }

        public int[]? Positions { get; set; }
    }
}
