using Karl.Graphs.Onnx;
using Karl.Testing;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Families;
using Karl.Tokenizers.TokenFiles;

namespace Karl.Tokenizers.Tests.Families;

[TestClass]
public sealed class AlitFamilyTests
{
    [TestMethod]
    public void Write_ManifestOfAnotherFamily_ListsAllThatIsWrong()
    {
        using TemporaryFolder folder = new();
        BundleManifest wrong = new TinyModel().Manifest with { Family = FamilyNames.Alit };
        var error = Assert.ThrowsExactly<ArgumentException>(() => BundleWriter.Write(folder["wrong.karl"], wrong, []));
        foreach (string part in new[] { "haltingThreshold is 0.75; null was expected", "errorBins must be empty", "budgetStep is null", "imageHaltingThreshold is null; 0 to 1", "'round.onnx' is missing" })
        {
            StringAssert.Contains(error.Message, part);
        }
    }

    [TestMethod]
    public void Load_RoundGraphOfAnotherWidth_SaysWhatWasFoundAndWanted()
    {
        using TemporaryFolder folder = new();
        TinyAlit model = new();
        BundleWriter.Write(
            folder["wrong.karl"],
            model.Manifest with { Encoder = new BundleTransformer(24, 1, 1) },
            [
                new BundlePartSource(Bundle.EncoderPart, stream => OnnxWriter.Write(model.EncoderGraph(), stream)),
                new BundlePartSource(Bundle.RoundPart, stream => OnnxWriter.Write(model.RoundGraph(), stream)),
                new BundlePartSource(Bundle.DecoderPart, stream => OnnxWriter.Write(model.DecoderGraph(), stream)),
            ]);
        var error = Assert.ThrowsExactly<KarlFormatException>(() => ImageTokenizer.Load(folder["wrong.karl"]));
        StringAssert.Contains(error.Message, "'sequence' is float [any, 17, 16]; float [any, 17, 24] was expected");
    }

    [TestMethod]
    public void ModelOf_ModelsThatDifferInTheirRoundsAlone_AreNotTheSame()
    {
        BundlePart encoder = new(Bundle.EncoderPart, new string('a', 64), 1), decoder = new(Bundle.DecoderPart, new string('b', 64), 1);
        BundleManifest manifest = new TinyAlit().Manifest;
        string[] models = [.. "cd".Select(digit => TokenFileSettings.ModelOf(manifest with { Parts = [encoder, new BundlePart(Bundle.RoundPart, new string(digit, 64), 1), decoder] }))];
        Assert.AreNotEqual(models[0], models[1]);
        Assert.AreEqual(new string('a', 16), TokenFileSettings.ModelOf(new TinyModel().Manifest with { Parts = [encoder, decoder] }));
    }
}
