using Karl.Export.Architectures;
using Karl.Export.Exporting;
using Karl.Graphs;
using Karl.Networks;
using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Arrays;
using Karl.Tokenizers.Families;

namespace Karl.Export.Verification;

[TestClass]
public sealed class OneDPieceVerifierTests
{
    private const int Images = 2, Size = 32, Values = 3 * Size * Size;
    private static readonly TransformerSize RecordedSize = new(64, 2, 4);
    private static readonly int[] Lengths = [1, 7, 20];
    private static readonly TemporaryFolder Folder = new();
    private static readonly SmallOneDPiece Model = new();

    [ClassInitialize]
    public static void Initialize(TestContext _)
    {
        Model.WriteBundle(Folder["small.karl"]);
        NpyArray.Create<float>(Pixels(), Images, 3, Size, Size).Save(Folder["images.npy"]);
    }

    [ClassCleanup]
    public static void Cleanup() => Folder.Dispose();

    [TestMethod]
    [DataRow("model.safetensors")]
    [DataRow("pytorch_model.bin")]
    public void Verify_RecordingOfTheOriginal_AgreesInEveryTensor(string checkpoint)
    {
        Export(checkpoint);
        var report = Verifier.Verify(Folder[checkpoint + ".karl"], SharedFiles.Require("reference", "one-d-piece", "goldens.npz"), SharedFiles.Require("reference", "inputs", "images.npy"));
        Assert.IsTrue(report.Succeeded, report.ToText(onlyOthers: true));
        Assert.AreEqual(135, report.Count(VerificationOutcome.Agrees));
        Assert.HasCount(135, report.Lines);
    }

    [TestMethod]
    public void Encode_RecordedImages_GivesTheRecordedCodesAndErrors()
    {
        Export("model.safetensors");
        using var tokenizer = ImageTokenizer.Load(Folder["model.safetensors.karl"]);
        using var goldens = RecordedExports.Goldens("one-d-piece");
        var images = RecordedExports.Images();
        var values = images.Length / 4;
        for (var image = 0; image < 4; image++)
        {
            var codes = goldens[$"img{image}.indices"].ToInt64();
            foreach (var tokens in tokenizer.EncodeLengths(images.AsMemory(image * values, values), [1, 32, 128, 256]))
            {
                CollectionAssert.AreEqual(codes.Take(tokens.Count).ToArray(), tokens.Codes.Select(code => (long)code).ToArray());
                var pixels = new float[values];
                tokenizer.Decode(tokens, pixels);
                var error = pixels.Zip(images.Skip(image * values), (ours, theirs) => Math.Abs((double)ours - theirs)).Average();
                Assert.AreEqual(goldens[$"img{image}.len{tokens.Count}.rec_l1"].ToFloat32()[0], error, 1.5e-6);
            }
        }
    }

    [TestMethod]
    public void Verify_OtherSizes_AgreesWithTheDescribedGraphs()
    {
        var arrays = Record();
        SmallRecording.Write(Folder["own.npz"], arrays);
        var report = Verifier.Verify(Folder["small.karl"], Folder["own.npz"], Folder["images.npy"]);
        Assert.IsTrue(report.Succeeded, report.ToText(onlyOthers: true));
        Assert.AreEqual(arrays.Count, report.Count(VerificationOutcome.Agrees));
        StringAssert.Contains(report.Lines.Single(line => line.Name == "img0.dbg.enc_block2").Note, "20 of 85 rows");
    }

    [TestMethod]
    public void Verify_EveryTensorMoved_FailsInEveryLine()
    {
        SmallRecording.Write(Folder["moved.npz"], Record().ToDictionary(pair => pair.Key, pair => Moved(pair.Value)));
        var report = Verifier.Verify(Folder["small.karl"], Folder["moved.npz"], Folder["images.npy"]);
        string[] unnoticed = [.. report.Lines.Where(line => line.Outcome != VerificationOutcome.Differs).Select(line => line.ToString())];
        Assert.IsEmpty(unnoticed, string.Join("\n", unnoticed));
    }

    [TestMethod]
    [DataRow("img0.b2.q0.05.halt_logit", "is no recording of One-D-Piece. It looks like one of KARL.")]
    [DataRow("img0.none.it0.embedding", "is no recording of One-D-Piece. It looks like one of ALIT.")]
    [DataRow("img0.len21.logits_rows8", "was recorded with a larger budget than the 20 tokens")]
    [DataRow("img2.z", "was recorded of an image that 'images.npy' does not have: it holds 2")]
    public void Verify_RecordingOfSomethingElse_SaysSo(string key, string message)
    {
        SmallRecording.Write(Folder["other.npz"], [new(key, NpyArray.Create<float>([1], 1))]);
        StringAssert.Contains(Assert.ThrowsExactly<KarlFormatException>(() => Verifier.Verify(Folder["small.karl"], Folder["other.npz"], Folder["images.npy"])).Message, message);
    }

    [TestMethod]
    [DataRow("img0.len7.surprise")]
    [DataRow("img0.z_sub8")]
    [DataRow("img0.len7.z")]
    [DataRow("img0.logits")]
    [DataRow("img0.dbg.enc_surprise")]
    public void Verify_UnknownKey_IsAFailure(string key)
    {
        SmallRecording.Write(Folder["unknown.npz"], [.. Record().Take(1), new(key, NpyArray.Create<float>([1], 1))]);
        var report = Verifier.Verify(Folder["small.karl"], Folder["unknown.npz"], Folder["images.npy"]);
        Assert.AreEqual(VerificationOutcome.Unknown, report.Lines.Single(line => line.Name == key).Outcome);
        Assert.IsFalse(report.Succeeded);
    }

    private static void Export(string checkpoint)
    {
        var hint = new ArchitectureHint("the recording") { Family = FamilyNames.OneDPiece, Encoder = RecordedSize, Decoder = RecordedSize };
        KarlExporter.Export(SharedFiles.Require("reference", "one-d-piece", checkpoint), Folder[checkpoint + ".karl"], new ExportOptions { Hint = hint });
    }

    private static float[] Pixels()
    {
        Random random = new(5);
        return [.. Enumerable.Range(0, Images * Values).Select(_ => random.NextSingle())];
    }

    /// <summary>A recording of the small model under the original's keys, made from the described graphs.</summary>
    private static SortedDictionary<string, NpyArray> Record()
    {
        SortedDictionary<string, NpyArray> arrays = new(StringComparer.Ordinal);
        var architecture = SmallOneDPiece.Architecture;
        for (var image = 0; image < Images; image++)
        {
            var pixels = Pixels().AsSpan(image * Values, Values).ToArray();
            var encoded = Run(OneDPieceEncoder.Describe(architecture), new() { ["image"] = TensorData.From(pixels, 1, 3, Size, Size) });
            var codes = encoded["codes"].AsSpan<long>().ToArray();
            Add($"img{image}.z", Floats(encoded["factorized_latents"]), 20, 5);
            Add($"img{image}.z_quantized", Floats(encoded["latents"]), 20, 5);
            arrays.Add($"img{image}.indices", NpyArray.Create<long>(codes, 20));
            foreach (var length in Lengths)
            {
                var decoded = Run(OneDPieceDecoder.Describe(architecture), new()
                {
                    ["codes"] = TensorData.From(codes[..length], 1, length),
                    ["positions"] = TensorData.From(Enumerable.Range(0, length).Select(position => (long)position).ToArray(), 1, length),
                });
                var back = Floats(decoded["image"]);
                Add($"img{image}.len{length}.logits", Floats(decoded["logits"]), 64, 24);
                Add($"img{image}.len{length}.soft_code", Floats(decoded["decoded_tokens"]), 64, 10);
                Add($"img{image}.len{length}.recon", back, 3, Size, Size);
                Add($"img{image}.len{length}.decode_tokens_recon", back, 3, Size, Size);
                Add($"img{image}.len{length}.rec_l1", [(float)back.Zip(pixels, (ours, theirs) => Math.Abs((double)ours - theirs)).Average()], 1);
                if (image == 0 && length == Lengths[0])
                {
                    Add("img0.dbg.dec_ln_pre", Floats(decoded["decoder.input_norm"]), 1 + 64 + length, 24);
                    Add("img0.dbg.dec_ln_post", Floats(decoded["decoder.output_norm"]), 64, 24);
                    Add("img0.dbg.dec_block0", Floats(decoded["decoder.blocks.0"]), 1 + 64 + length, 24);
                    Add("img0.dbg.dec_block1", [.. new float[24], .. Floats(decoded["decoder.blocks.1"]), .. new float[length * 24]], 1 + 64 + length, 24);
                }
            }

            if (image == 0)
            {
                Add("img0.dbg.enc_ln_pre", Floats(encoded["encoder.input_norm"]), 85, 36);
                Add("img0.dbg.enc_block0", Floats(encoded["encoder.blocks.0"]), 85, 36);
                Add("img0.dbg.enc_block2", [.. new float[65 * 36], .. Floats(encoded["encoder.blocks.2"])], 85, 36);
                Add("img0.dbg.enc_ln_post", Floats(encoded["encoder.latent_outputs"]), 20, 36);
            }
        }

        return arrays;

        void Add(string key, float[] values, params ReadOnlySpan<long> shape) => arrays.Add(key, NpyArray.Create<float>(values, shape));
    }

    /// <summary>Runs a graph with every named tensor as an output.</summary>
    private static IReadOnlyDictionary<string, TensorData> Run(Graph graph, Dictionary<string, TensorData> inputs)
    {
        string[] outputs = [.. graph.Nodes.SelectMany(node => node.Outputs).Where(tensor => tensor.Type is ElementType.Float32 or ElementType.Int64).Select(tensor => tensor.Name)];
        var part = graph.Subgraph(graph.Inputs.Select(input => input.Name), outputs);
        return OnnxRun.Run(part, inputs, Model.Weights);
    }

    private static float[] Floats(TensorData data) => data.AsSpan<float>().ToArray();

    private static NpyArray Moved(NpyArray array) => array.Type == ArrayElementType.Int64
        ? NpyArray.Create<long>(Array.ConvertAll(array.ToInt64(), value => value + 1), [.. array.Shape])
        : NpyArray.Create<float>(Array.ConvertAll(array.ToFloat32(), value => value + 0.01f + (0.01f * Math.Abs(value))), [.. array.Shape]);
}
