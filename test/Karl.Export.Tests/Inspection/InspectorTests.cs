using System.IO.Compression;
using Karl.Export.Checkpoints;
using Karl.Graphs;
using Karl.Graphs.Onnx;
using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Arrays;
using Karl.Tokenizers.Bundles;

namespace Karl.Export.Inspection;

[TestClass]
public sealed class InspectorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Inspect_Bundle_ShowsManifestPartsAndContract()
    {
        new TinyModel(vae: true).Write(_folder["model.bin"]);
        var report = Inspector.Inspect(_folder["model.bin"]);
        Assert.AreEqual("model bundle", report.Kind);
        Assert.AreEqual("vae", Fact(report, "Model", "base tokenizer"));
        Assert.AreEqual("codes of 64, 12 numbers each", Fact(report, "Model", "tokens"));
        Assert.AreEqual("0.75", Fact(report, "Model", "halted above"));
        Assert.AreEqual("tiny", Fact(report, "Source", "file"));
        var parts = Table(report, "Parts");
        CollectionAssert.AreEqual(new[] { Bundle.EncoderPart, Bundle.DecoderPart }, parts.Rows.Select(row => row[0]).ToArray());
        using var bundle = Bundle.Open(_folder["model.bin"]);
        CollectionAssert.AreEqual(bundle.Manifest.Parts.Select(part => part.Sha256).ToArray(), parts.Rows.Select(row => row[5]).ToArray());
        CollectionAssert.IsSubsetOf(
            new[] { "encoder.onnx input noise float32 [batch, 2, 4, 4]", "decoder.onnx output image float32 [batch, 3, 32, 32]" }, Lines(Table(report, "Inputs and outputs")));
    }

    [TestMethod]
    public void Inspect_BundleWithTensors_ListsTheWeightsOfBothParts()
    {
        new TinyModel().Write(_folder["tiny.karl"]);
        var report = Inspector.Inspect(_folder["tiny.karl"], listTensors: true);
        CollectionAssert.Contains(Lines(Table(report, "Weights of encoder.onnx")), "codebook float32 [64, 12]");
        CollectionAssert.Contains(Lines(Table(report, "Weights of decoder.onnx")), "decoder.positions float32 [64, 16]");
    }

    [TestMethod]
    public void Inspect_TorchCheckpoint_ShowsEntriesAndTensorsOnlyWhenAsked()
    {
        File.WriteAllBytes(_folder["model.karl"], OneTensor());
        var report = Inspector.Inspect(_folder["model.karl"]);
        Assert.AreEqual("PyTorch checkpoint", report.Kind);
        var entry = Table(report, "Entries").Rows.Single();
        Assert.AreEqual(("(the file itself)", "1", "6"), (entry[0], entry[3], entry[4]));
        Assert.HasCount(2, report.Tables);
        Assert.AreEqual("w float32 [2, 3]", Lines(Table(Inspector.Inspect(_folder["model.karl"], listTensors: true), "Tensors")).Single());
    }

    [TestMethod]
    public void Inspect_Safetensors_ShowsMetadataAndTensors()
    {
        SafetensorsWriter.Write(
            _folder["x"],
            [new SafetensorsTensor("layer.weight", ArrayElementType.Float16, [5, 2], () => new byte[20])],
            new Dictionary<string, string> { ["made by"] = "a\u001btest" });
        var report = Inspector.Inspect(_folder["x"], listTensors: true);
        Assert.AreEqual("safetensors checkpoint", report.Kind);
        Assert.AreEqual("a?test", Fact(report, "Metadata", "made by"));
        Assert.AreEqual("layer.weight float16 [5, 2]", Lines(Table(report, "Tensors")).Single());
    }

    [TestMethod]
    public void Inspect_OnnxModel_ShowsInputsOutputsAndOperators()
    {
        Graph graph = new("g");
        graph.Output("result", graph.Input("input", ElementType.Float32, "batch", 2).Linear(graph.Parameter("weight", TensorData.From(new float[6], 3, 2))).Tanh());
        File.WriteAllBytes(_folder["graph"], OnnxWriter.ToBytes(graph));
        var report = Inspector.Inspect(_folder["graph"], listTensors: true);
        Assert.AreEqual("ONNX model", report.Kind);
        Assert.AreEqual("output result float32 [batch, 3]", Lines(Table(report, "Inputs and outputs"))[1]);
        CollectionAssert.Contains(Lines(Table(report, "Operators")), "Tanh 1");
        Assert.HasCount(1, Table(report, "Weights").Rows);
    }

    [TestMethod]
    [DataRow("karl-vqgan-quantized", "checkpoint.pth", "PyTorch checkpoint", "307")]
    [DataRow("one-d-piece", "pytorch_model.bin", "PyTorch checkpoint", "163")]
    [DataRow("one-d-piece", "model.safetensors", "safetensors checkpoint", "163")]
    public void Inspect_RecordedCheckpoint_CountsItsTensors(string folder, string file, string kind, string count)
    {
        var report = Inspector.Inspect(SharedFiles.Require("reference", folder, file));
        Assert.AreEqual(kind, report.Kind);
        string[] counts = [.. Table(report, "Entries").Rows.Select(row => row[3]).Where(text => text.Length > 0)];
        Assert.IsNotEmpty(counts);
        Assert.IsTrue(counts.All(found => found == count), report.ToString());
        if (folder.StartsWith("karl", StringComparison.Ordinal))
        {
            Assert.AreEqual("karl_small", Fact(report, "Training arguments", "model"));
        }
    }

    [TestMethod]
    public void ToString_Report_IsAlignedPlainText()
    {
        InspectionReport report = new(
            "x.karl", "model bundle", [new InspectionTable("Facts", [], [["a", "1"], ["long name", "2"]]), new InspectionTable("Rows", ["name", "type"], [["w", "float32"]])]);
        Assert.AreEqual("x.karl: model bundle\n\nFacts\n  a          1\n  long name  2\n\nRows\n  name  type\n  w     float32", report.ToString());
    }

    [TestMethod]
    public void Inspect_FilesOfOtherKinds_SaysWhatTheyAreInstead()
    {
        AssertRefused([], "'x' is nothing that can be shown: it is empty.");
        AssertRefused("<html>not found</html>"u8.ToArray(), "a web page");
        AssertRefused("version https://git-lfs.github.com/spec/v1"u8.ToArray(), "git lfs pull");
        AssertRefused("some text about models"u8.ToArray(), "'x' is nothing that can be shown: it starts with 736f6d6520746578.");
        AssertRefused(TorchFile.Zip(CompressionLevel.NoCompression, ("a.npy", [1]), ("b.npy", [2])), "it is an npz archive of arrays");
        AssertRefused(TorchFile.Zip(CompressionLevel.NoCompression, ("readme.txt", [1])), "neither a model bundle (no manifest.json) nor a PyTorch checkpoint (no data.pkl).");
        AssertRefused([8, 10, 58, 255, 255, 255, 255, 15], "'x' is no ONNX model that can be shown");
    }

    [TestMethod]
    public void Inspect_BundleWithAChangedPart_NamesThePart()
    {
        new TinyModel().Write(_folder["x"]);
        var bytes = File.ReadAllBytes(_folder["x"]);
        bytes[bytes.Length / 2] ^= 1;
        AssertRefused(bytes, "part 'encoder.onnx' has SHA-256");
    }

    [TestMethod]
    public void Damaged_Files_AreShownOrRefused()
    {
        new TinyModel().Write(_folder["x"]);
        Damage(File.ReadAllBytes(_folder["x"]), 100);
        Damage(OneTensor(), 200);
        Damage(OnnxWriter.ToBytes(new TinyModel().DecoderGraph()), 100);
    }

    [TestMethod]
    [TestCategory("Mutation")]
    public void Damaged_FilesThousandsOfTimes_AreShownOrRefused()
    {
        new TinyModel().Write(_folder["x"]);
        Damage(File.ReadAllBytes(_folder["x"]), 2000);
        Damage(OneTensor(), 10_000);
        Damage(OnnxWriter.ToBytes(new TinyModel().DecoderGraph()), 4000);
    }

    private void Damage(byte[] original, int count)
    {
        var refused = Mutations.AssertRefusesOrReads<KarlFormatException>(original, 4, count, 256 << 20, bytes =>
        {
            File.WriteAllBytes(_folder["damaged"], bytes);
            Assert.IsGreaterThan(0, Inspector.Inspect(_folder["damaged"], listTensors: true).ToString().Length);
        });
        Assert.IsGreaterThan(0, refused);
    }

    private void AssertRefused(byte[] file, string expected)
    {
        File.WriteAllBytes(_folder["x"], file);
        var error = Assert.ThrowsExactly<KarlFormatException>(() => Inspector.Inspect(_folder["x"]));
        StringAssert.Contains(error.Message, expected);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static byte[] OneTensor() => TorchFile.Make(TorchFile.OneTensor("Float", 6, 0, [2, 3], [3, 1]), TorchFile.Bytes(1f, 2f, 3f, 4f, 5f, 6f));

    private static InspectionTable Table(InspectionReport report, string title) => report.Tables.Single(table => table.Title == title);

    private static string[] Lines(InspectionTable table) => [.. table.Rows.Select(row => string.Join(' ', row))];

    private static string Fact(InspectionReport report, string title, string name) => Table(report, title).Rows.Single(row => row[0] == name)[1];
}
