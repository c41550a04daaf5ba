using Karl.Graphs;
using Karl.Testing;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Sessions;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers.Tests;

[TestClass]
public sealed class ImageTokenizerLoadTests
{
    [TestMethod]
    public void Load_Bundle_PrintsWhatItIs()
    {
        using ImageTokenizer tokenizer = TinyTokenizers.Load();
        Assert.AreEqual("karl over vqgan, preset none, 32 x 32, 32 of at most 64 tokens, on cpu", tokenizer.ToString());
        Assert.AreEqual(32, tokenizer.ImageSize);
    }

    [TestMethod]
    public void Load_GraphsSwapped_NamesWhatIsMissing()
    {
        using TemporaryFolder folder = new();
        TinyModel model = new();
        model.Write(folder["x.karl"], model.DecoderGraph(), model.EncoderGraph());
        string message = Assert.ThrowsExactly<KarlFormatException>(() => ImageTokenizer.Load(folder["x.karl"])).Message;
        StringAssert.Contains(message, "Bundle 'x.karl': part 'encoder.onnx': input 'image' is missing; found: codes, positions.");
        StringAssert.Contains(message, "input 'codes' is not known.");
        StringAssert.Contains(message, "output 'halting_probabilities' is missing");
    }

    [TestMethod]
    public void Load_GraphOfFixedBatch_SaysWhatWasExpected()
    {
        using TemporaryFolder folder = new();
        TinyModel model = new();
        Graph graph = new("fixed");
        Tensor codes = graph.Input("codes", ElementType.Int64, 1, "kept");
        Tensor positions = graph.Input("positions", ElementType.Float32, "batch", "kept");
        graph.Output("image", (codes.Cast(ElementType.Float32) + positions).Reshape("batch", 1, 1, "kept"));
        model.Write(folder["x.karl"], model.EncoderGraph(), graph);
        string message = Assert.ThrowsExactly<KarlFormatException>(() => ImageTokenizer.Load(folder["x.karl"])).Message;
        StringAssert.Contains(message, "part 'decoder.onnx': input 'codes' is int64 [1, any]; int64 [any, any] was expected.");
        StringAssert.Contains(message, "input 'positions' is float [any, any]; int64 [any, any] was expected.");
        StringAssert.Contains(message, "output 'image'");
    }

    [TestMethod]
    public void Load_GraphThatIsNone_IsOneLine()
    {
        using TemporaryFolder folder = new();
        BundleWriter.Write(folder["x.karl"], new TinyModel().Manifest, [BundlePartSource.FromBytes(Bundle.EncoderPart, new byte[99]), BundlePartSource.FromBytes(Bundle.DecoderPart, new byte[99])]);
        string message = Assert.ThrowsExactly<KarlFormatException>(() => ImageTokenizer.Load(folder["x.karl"])).Message;
        StringAssert.Contains(message, "part 'encoder.onnx' cannot be loaded: ");
        Assert.DoesNotContain("\n", message);
    }

    [TestMethod]
    public void Load_BadOptions_ListsAllProblems()
    {
        string message = Assert.ThrowsExactly<ArgumentException>(() =>
            ImageTokenizer.Load("none.karl", new ImageTokenizerOptions { Threads = 0, BatchSize = 0, PreparationThreads = -1, Parts = TokenizerParts.None })).Message;
        StringAssert.Contains(message, "Threads is 0");
        StringAssert.Contains(message, "BatchSize is 0");
        StringAssert.Contains(message, "PreparationThreads is -1");
        StringAssert.Contains(message, "Parts is None");
    }

    [TestMethod]
    public void Load_OneHalf_RefusesTheOther()
    {
        using ImageTokenizer encoder = TinyTokenizers.Load(options: new ImageTokenizerOptions { Parts = TokenizerParts.Encoder });
        TokenSequence tokens = encoder.Encode(TinyTokenizers.Images(1)[0]);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => encoder.Decode(tokens)).Message, "without its decoder");
        using ImageTokenizer decoder = TinyTokenizers.Load(options: new ImageTokenizerOptions { Parts = TokenizerParts.Decoder });
        Assert.AreEqual(32, decoder.Decode(tokens).Width);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => decoder.Encode(TinyTokenizers.Images(1)[0])).Message, "without its encoder");
    }

    [TestMethod]
    public void Load_CudaWhereThereIsNone_IsOneClearLineOrTheFallbackThatWasAskedFor()
    {
        if (Microsoft.ML.OnnxRuntime.OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider"))
        {
            Assert.Inconclusive("This ONNX Runtime has a CUDA provider.");
        }

        string message = Assert.ThrowsExactly<PlatformNotSupportedException>(() => TinyTokenizers.Load(options: new ImageTokenizerOptions { Device = TokenizerDevice.Cuda(1) })).Message;
        StringAssert.Contains(message, "Device cuda:1 cannot be used: this build of ONNX Runtime has no CUDA provider");
        Assert.DoesNotContain("\n", message);

        List<string> warnings = [];
        using ImageTokenizer tokenizer = TinyTokenizers.Load(options: new ImageTokenizerOptions { Device = TokenizerDevice.Cuda(), FallbackToCpu = true, Warn = warnings.Add });
        Assert.AreEqual(TokenizerDevice.Cpu, tokenizer.Device);
        Assert.HasCount(1, warnings);
        StringAssert.EndsWith(warnings[0], "Going on with cpu, as asked.");
    }
}
