using Karl.Export.Exporting;
using Karl.Testing;
using Karl.Tokenizers.Arrays;

namespace Karl.Export.Verification;

[TestClass]
public sealed class VerifierTests
{
    private static readonly TemporaryFolder Folder = new();

    [ClassCleanup]
    public static void Cleanup() => Folder.Dispose();

    [TestMethod]
    [DataRow("karl-vqgan-quantized", 571, 0)]
    [DataRow("karl-vae-continuous", 427, 1)]
    public void Verify_RecordingsOfTheOriginal_AgreeInEveryTensor(string recording, int agreeing, int informational)
    {
        using RecordedExports exports = new();
        var report = Verifier.Verify(
            exports.Bundle(recording), SharedFiles.Require("reference", recording, "goldens.npz"), SharedFiles.Require("reference", "inputs", "images.npy"));
        Assert.IsTrue(report.Succeeded, report.ToText(onlyOthers: true));
        Assert.AreEqual(agreeing, report.Count(VerificationOutcome.Agrees));
        Assert.AreEqual(informational, report.Count(VerificationOutcome.Informational));
        Assert.IsEmpty(report.Notes);
    }

    [TestMethod]
    [DataRow(false, true)]
    [DataRow(false, false)]
    [DataRow(true, true)]
    [DataRow(true, false)]
    public void Verify_EveryCombinationInOtherSizes_AgreesWithItself(bool vae, bool quantized)
    {
        var (bundle, images, recording) = Write(vae, quantized);
        var report = Verifier.Verify(bundle, recording.Path, images);
        Assert.IsTrue(report.Succeeded, report.ToText(onlyOthers: true));
        Assert.HasCount(recording.Arrays.Count, report.Lines);
        Assert.AreEqual(vae ? 1 : 0, report.Count(VerificationOutcome.Informational));
        CollectionAssert.AreEqual(recording.Arrays.Keys.ToArray(), report.Lines.Select(line => line.Name).ToArray());
        StringAssert.Contains(report.Lines.Single(line => line.Name.EndsWith("b20.q0.05.dbg.encoder", StringComparison.Ordinal)).Note, "20 of 37 rows");
    }

    [TestMethod]
    [DataRow(false, true)]
    [DataRow(true, false)]
    public void Verify_EveryTensorMoved_FailsInEveryLine(bool vae, bool quantized)
    {
        var (bundle, images, recording) = Write(vae, quantized);
        var moved = Folder["moved.npz"];
        SmallRecording.Write(moved, recording.Arrays.ToDictionary(pair => pair.Key, pair => pair.Key == "noise" ? pair.Value : Moved(pair.Value)));
        var report = Verifier.Verify(bundle, moved, images);
        string[] unnoticed = [.. report.Lines.Where(line => line.Name != "noise" && line.Outcome != VerificationOutcome.Differs).Select(line => line.ToString())];
        Assert.IsEmpty(unnoticed, string.Join("\n", unnoticed));
        Assert.IsFalse(report.Succeeded);
        StringAssert.Contains(report.Summary, "DOES NOT AGREE");
    }

    [TestMethod]
    public void Verify_SomeKeysOnly_ComparesThese()
    {
        var (bundle, images, recording) = Write(vae: false, quantized: true);
        string[] keys = ["img1.gt_indices", "img0.b7.q0.3.recon_sub8", "img1.base_recon_stats", "img0.b7.q0.3.dbg.decoder_block0"];
        SmallRecording.Write(Folder["some.npz"], keys.Select(key => KeyValuePair.Create(key, recording.Arrays[key])));
        var report = Verifier.Verify(bundle, Folder["some.npz"], images);
        Assert.IsTrue(report.Succeeded, report.ToString());
        CollectionAssert.AreEqual(keys, report.Lines.Select(line => line.Name).ToArray());
    }

    [TestMethod]
    public void Verify_UnknownKey_IsReportedAndFails()
    {
        var (bundle, images, recording) = Write(vae: false, quantized: true);
        SmallRecording.Write(
            Folder["unknown.npz"], [KeyValuePair.Create("img0.b7.q0.3.kc", recording.Arrays["img0.b7.q0.3.kc"]), KeyValuePair.Create("img0.b7.q0.3.mystery", recording.Arrays["img0.b7.q0.3.kc"])]);
        var report = Verifier.Verify(bundle, Folder["unknown.npz"], images);
        Assert.AreEqual(VerificationOutcome.Unknown, report.Lines[1].Outcome);
        Assert.IsFalse(report.Succeeded);
        StringAssert.Contains(report.Summary, "1 OK, 0 FAIL, 1 UNKNOWN");
    }

    [TestMethod]
    public void Verify_ModelWithoutInnerTensors_FailsOnlyWhereTheyMatter()
    {
        TinyModel tiny = new();
        tiny.Write(Folder["tiny.karl"]);
        NpyArray.Create<float>(new float[3 * 32 * 32], 1, 3, 32, 32).Save(Folder["tiny.npy"]);
        SmallRecording.Write(Folder["tiny.npz"], new Dictionary<string, NpyArray>
        {
            ["img0.b4.q0.05.halt_logit"] = NpyArray.Create<float>([0, 0, 0, 0], 4),
            ["img0.b4.q0.05.dbg.encoder"] = NpyArray.Create<float>(new float[21 * 16], 21, 16),
            ["img0.gt_indices"] = NpyArray.Create<long>(new long[16], 16),
            ["img0.base_recon_sub8"] = NpyArray.Create<float>(new float[3 * 4 * 4], 3, 4, 4),
        });
        var report = Verifier.Verify(Folder["tiny.karl"], Folder["tiny.npz"], Folder["tiny.npy"]);
        VerificationOutcome[] expected = [VerificationOutcome.Differs, VerificationOutcome.NotInModel, VerificationOutcome.Differs, VerificationOutcome.Differs];
        CollectionAssert.AreEqual(expected, report.Lines.Select(line => line.Outcome).ToArray());
        StringAssert.Contains(report.Lines[0].Note, "no tensor of the expected name");
        StringAssert.Contains(report.Summary, "0 OK, 3 FAIL, 1 NOT IN MODEL");
    }

    [TestMethod]
    public void Verify_HalfPrecisionModel_SaysWhoseTolerancesTheseAre()
    {
        SmallModel model = new(vae: false, quantized: true);
        model.Write(Folder["half.karl"], "float16");
        var (_, images, recording) = Write(vae: false, quantized: true);
        var report = Verifier.Verify(Folder["half.karl"], recording.Path, images);
        StringAssert.Contains(report.Notes.Single(), "float16");
        StringAssert.Contains(report.ToString(), report.Notes.Single());
    }

    [TestMethod]
    public void Verify_Progress_CountsEveryRun()
    {
        var (bundle, images, recording) = Write(vae: false, quantized: true);
        Heard progress = new();
        Verifier.Verify(bundle, recording.Path, images, new VerificationOptions { Threads = 1, Progress = progress });
        CollectionAssert.AreEqual(Enumerable.Range(0, progress.Steps.Count).ToArray(), progress.Steps.Select(step => step.Done).ToArray());
        Assert.IsTrue(progress.Steps.All(step => step.Total == progress.Steps.Count));
        Assert.AreEqual("encoder: img0.b20.q0.05", progress.Steps[0].Doing);
    }

    [TestMethod]
    public void Verify_Cancelled_Stops()
    {
        var (bundle, images, recording) = Write(vae: false, quantized: true);
        using CancellationTokenSource source = new();
        Heard progress = new(() => source.Cancel());
        Assert.Throws<OperationCanceledException>(() => Verifier.Verify(bundle, recording.Path, images, new VerificationOptions { Progress = progress }, source.Token));
        Assert.HasCount(1, progress.Steps);
    }

    internal static (string Bundle, string Images, (string Path, IDictionary<string, NpyArray> Arrays) Recording) Write(bool vae, bool quantized)
    {
        var name = $"{(vae ? "vae" : "vqgan")}-{(quantized ? "quantized" : "continuous")}";
        SmallModel model = new(vae, quantized);
        SmallRecording recording = new(model, imageCount: 2);
        model.Write(Folder[name + ".karl"]);
        recording.Write(Folder[name + ".npy"], Folder[name + ".npz"]);
        return (Folder[name + ".karl"], Folder[name + ".npy"], (Folder[name + ".npz"], recording.Arrays));
    }

    /// <summary>Every element moved by more than any tolerance allows, but so that nothing else changes.</summary>
    internal static NpyArray Moved(NpyArray array) => array.Type switch
    {
        ArrayElementType.Boolean => NpyArray.Create<bool>(Array.ConvertAll(array.AsSpan<bool>().ToArray(), value => !value), [.. array.Shape]),
        ArrayElementType.Int64 => NpyArray.Create<long>(Array.ConvertAll(array.AsSpan<long>().ToArray(), value => (value + 1) % 24), [.. array.Shape]),
        ArrayElementType.Float64 => NpyArray.Create<double>(Array.ConvertAll(array.AsSpan<double>().ToArray(), value => value * 1.0001), [.. array.Shape]),
        _ => NpyArray.Create<float>(Array.ConvertAll(array.AsSpan<float>().ToArray(), value => value + (1e-4f * Math.Max(1, Math.Abs(value)))), [.. array.Shape]),
    };

    private sealed class Heard(Action? then = null) : IProgress<VerificationProgress>
    {
        public List<VerificationProgress> Steps { get; } = [];

        public void Report(VerificationProgress value)
        {
            Steps.Add(value);
            then?.Invoke();
        }
    }
}
