using Karl.Testing;
using Karl.Tokenizers.Arrays;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.TokenFiles;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers.Tests.Families;

[TestClass]
public sealed class OneDPieceFamilyTests
{
    [TestMethod]
    public void Write_ImpossibleManifest_ListsAllThatIsWrong()
    {
        using TemporaryFolder folder = new();
        BundleManifest manifest = new TinyOneDPiece().Manifest with { HaltingThreshold = 0.5f, ErrorBins = [0.1f], BudgetStep = 16, Quantized = false, CodebookSize = null };
        string message = Assert.ThrowsExactly<ArgumentException>(() => BundleWriter.Write(folder["x.karl"], manifest, [])).Message;
        foreach (string part in new[]
        {
            "haltingThreshold is 0.5; null was expected", "errorBins must be empty", "budgetStep is 16; none, or 32", "quantized is false", "'encoder.onnx' is missing",
        })
        {
            StringAssert.Contains(message, part);
        }
    }

    [TestMethod]
    public void Write_KarlWithABudgetStep_IsRefused()
    {
        using TemporaryFolder folder = new();
        BundleManifest manifest = new TinyModel().Manifest with { BudgetStep = 3, HaltingThreshold = null };
        string message = Assert.ThrowsExactly<ArgumentException>(() => BundleWriter.Write(folder["x.karl"], manifest, [])).Message;
        StringAssert.Contains(message, "budgetStep is 3; a divisor of maximumBudget");
        StringAssert.Contains(message, "any budget can be asked for");
        StringAssert.Contains(message, "haltingThreshold is ; 0 to 1 was expected");
    }

    [TestMethod]
    public void Load_GraphOfAnotherFamily_SaysWhatWasExpected()
    {
        using TemporaryFolder folder = new();
        TinyModel karl = new();
        BundleWriter.Write(
            folder["x.karl"],
            new TinyOneDPiece().Manifest,
            [
                new BundlePartSource(Bundle.EncoderPart, stream => Graphs.Onnx.OnnxWriter.Write(karl.EncoderGraph(), stream)),
                new BundlePartSource(Bundle.DecoderPart, stream => Graphs.Onnx.OnnxWriter.Write(karl.DecoderGraph(), stream)),
            ]);
        StringAssert.Contains(Assert.ThrowsExactly<KarlFormatException>(() => ImageTokenizer.Load(folder["x.karl"])).Message, "input 'epsilon' is not known");
    }

    [TestMethod]
    public async Task EncodeFilesAsync_ToArrays_HasRunsAndNoHaltingProbabilities()
    {
        using TemporaryFolder folder = new();
        new TinyOneDPiece().Write(folder["tiny.karl"]);
        using ImageTokenizer tokenizer = ImageTokenizer.Load(folder["tiny.karl"], new ImageTokenizerOptions { Threads = 1, AllowSpinning = false });
        string[] paths = [folder["a.png"], folder["b.png"]];
        foreach ((RgbImage image, string path) in TinyTokenizers.Images(2).Zip(paths))
        {
            ImageWriter.Write(image, path);
        }

        TokenizeOptions options = new() { Epsilon = 0.3f };
        List<TokenLine> lines = [];
        using (TokenArrayFile output = TokenArrayFile.OpenOrCreate(folder["tokens.npz"], tokenizer.Manifest, options))
        {
            await tokenizer.EncodeFilesAsync(paths, output, options, lines.Add);
        }

        using NpzArchive arrays = NpzArchive.Open(folder["tokens.npz"]);
        CollectionAssert.DoesNotContain(arrays.Keys.ToArray(), "halting_probabilities");
        CollectionAssert.AreEqual(new[] { 1, 1 }, arrays["encoder_runs"].AsSpan<int>().ToArray());
        CollectionAssert.AreEqual(lines.Select(line => line.Tokens!.Runs!.Value.Decoder).ToArray(), arrays["decoder_runs"].AsSpan<int>().ToArray());
        TokenLine parsed = TokenLine.Parse(lines[0].ToString());
        Assert.AreEqual(lines[0].Tokens!.Runs, parsed.Tokens!.Runs);
        StringAssert.Contains(lines[0].ToString(), "\"encoder_runs\":1,\"decoder_runs\":");
    }
}
