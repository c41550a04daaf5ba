using Karl.Tokenizers.Demonstration;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers;

[TestClass]
public sealed class IncludedModelTests
{
    private const long LargestModel = 16_000_000, LargestPackage = 40_000_000;

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Load_EachModel_TakesMoreTokensForMoreComplexImages(string name)
    {
        IncludedModel model = IncludedModel.Of(name)!;
        using ImageTokenizer tokenizer = ImageTokenizer.Load(model, new ImageTokenizerOptions { Threads = 1, AllowSpinning = false });
        Assert.AreEqual((64, 64), (tokenizer.ImageSize, tokenizer.Manifest.MaximumBudget));
        RgbImage[] images = [.. new[] { "gradient", "text", "noise" }.Select(image => DemonstrationImages.All.Single(drawn => drawn.Name == image).Draw(64))];
        int[] counts = [.. tokenizer.Encode(images).Select(tokens => tokens.Count)];
        Assert.IsTrue(counts[0] < counts[1] && counts[0] < counts[2], string.Join(", ", counts));
        TokenSequence whole = tokenizer.Encode(images[0], new TokenizeOptions { Epsilon = 0 });
        Assert.AreEqual(64, tokenizer.Decode(whole).Width);
    }

    [TestMethod]
    public void All_Models_AreSmall()
    {
        long[] sizes = [.. IncludedModel.All.Select(Size)];
        Assert.IsTrue(sizes.All(size => size <= LargestModel) && sizes.Sum() <= LargestPackage, string.Join(", ", sizes));

        static long Size(IncludedModel model)
        {
            using Stream stream = model.OpenRead();
            return stream.Length;
        }
    }

    [TestMethod]
    public void Of_NoneNameOrFile_IsTheDefaultThatModelOrTheFile()
    {
        Assert.AreSame(IncludedModel.Default, IncludedModel.Of(null));
        Assert.AreSame(IncludedModel.Default, IncludedModel.Of("default"));
        Assert.AreSame(IncludedModel.Alit, IncludedModel.Of("default-alit"));
        Assert.AreSame(IncludedModel.OneDPiece, IncludedModel.Of("default-one-d-piece.karl"));
        Assert.IsNull(IncludedModel.Of("Default"));
        Assert.IsNull(IncludedModel.Of(typeof(IncludedModelTests).Assembly.Location));
    }

    private static IEnumerable<object[]> Names => IncludedModel.All.Select(model => new object[] { model.Name });
}
