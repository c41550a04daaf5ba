using Karl.Export.Architectures;
using Karl.Export.Exporting;
using Karl.Export.Verification;
using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Arrays;
using Karl.Tokenizers.Families;

namespace Karl.Export.Families;

[TestClass]
public sealed class AlitVerificationTests
{
    private static readonly TemporaryFolder Folder = new();

    [ClassCleanup]
    public static void Cleanup() => Folder.Dispose();

    [TestMethod]
    public void Verify_RecordingOfTheOriginal_AgreesInEveryTensor()
    {
        using RecordedExports exports = new();
        var report = Verifier.Verify(
            exports.Bundle("alit-vqgan-quantized"),
            SharedFiles.Require("reference", "alit-vqgan-quantized", "goldens.npz"),
            SharedFiles.Require("reference", "inputs", "images.npy"));
        Assert.IsTrue(report.Succeeded, report.ToText(onlyOthers: true));
        Assert.AreEqual(1041, report.Count(VerificationOutcome.Agrees));
        Assert.AreEqual(9, report.Count(VerificationOutcome.Informational));
    }

    [TestMethod]
    [DataRow(false, true)]
    [DataRow(false, false)]
    [DataRow(true, true)]
    [DataRow(true, false)]
    public void Verify_EveryCombinationInOtherSizes_AgreesWithItself(bool vae, bool quantized)
    {
        var recording = Write(vae, quantized, out var bundle);
        if (!vae) Assert.IsGreaterThan(10, recording.HaltedTokens, "Too few 2D tokens are halted to show anything.");
        var report = Verifier.Verify(bundle, Folder["goldens.npz"], Folder["images.npy"]);
        Assert.IsTrue(report.Succeeded, report.ToText(onlyOthers: true));
        CollectionAssert.AreEqual(recording.Arrays.Keys.ToArray(), report.Lines.Select(line => line.Name).ToArray());
        Assert.AreEqual(4, report.Count(VerificationOutcome.Informational));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Verify_EveryTensorMoved_FailsInEveryLine(bool vae)
    {
        var recording = Write(vae, quantized: true, out var bundle);
        bool IsCondition(string key) => key is "u" or "noise" || key.EndsWith("_thresholds", StringComparison.Ordinal);
        recording.Write(Folder["images.npy"], Folder["moved.npz"], recording.Arrays.ToDictionary(pair => pair.Key, pair => IsCondition(pair.Key) ? pair.Value : VerifierTests.Moved(pair.Value)));
        var report = Verifier.Verify(bundle, Folder["moved.npz"], Folder["images.npy"]);
        string[] unnoticed = [.. report.Lines.Where(line => !IsCondition(line.Name) && line.Outcome != VerificationOutcome.Differs).Select(line => line.ToString())];
        Assert.IsEmpty(unnoticed, string.Join("\n", unnoticed));
    }

    [TestMethod]
    [DataRow("img0.none.it3.indices", "was recorded in a later round than the 3 that bundle 'small.karl' has")]
    [DataRow("img1.none.it0.indices", "was recorded of an image that 'images.npy' does not have: it holds 1")]
    [DataRow("img0.none.it0.code_err", "was recorded over a VAE; bundle 'small.karl' is over a VQGAN")]
    [DataRow("img0.u.it0.masked", "holds runs with tossed halting but no 'u'")]
    [DataRow("img0.none.minlen_tokens", "stands there without the thresholds that it was found for")]
    [DataRow("img0.b4.q0.05.halt_prob", "is no recording of ALIT; keys such as 'img0.none.it0.indices' were expected")]
    public void Verify_RecordingOfSomethingElse_SaysSo(string key, string expected)
    {
        var recording = Write(vae: false, quantized: true, out var bundle);
        recording.Write(Folder["images.npy"], Folder["other.npz"], new Dictionary<string, NpyArray> { [key] = NpyArray.Create<float>([0, 0, 0], 3) });
        var error = Assert.ThrowsExactly<KarlFormatException>(() => Verifier.Verify(bundle, Folder["other.npz"], Folder["images.npy"]));
        StringAssert.Contains(error.Message, expected);
    }

    [TestMethod]
    public void Verify_UnknownKey_IsReportedAndFails()
    {
        var recording = Write(vae: false, quantized: true, out var bundle);
        string[] keys = ["img0.none.it0.rec_l1", "img0.none.it0.mystery"];
        recording.Write(Folder["images.npy"], Folder["unknown.npz"], keys.Select(key => KeyValuePair.Create(key, recording.Arrays[keys[0]])));
        var report = Verifier.Verify(bundle, Folder["unknown.npz"], Folder["images.npy"]);
        CollectionAssert.AreEqual(new[] { VerificationOutcome.Agrees, VerificationOutcome.Unknown }, report.Lines.Select(line => line.Outcome).ToArray());
        Assert.IsFalse(report.Succeeded);
    }

    private static SmallAlitRecording Write(bool vae, bool quantized, out string bundle)
    {
        SmallAlit model = new(vae, quantized);
        SmallAlitRecording recording = new(model);
        recording.Write(Folder["images.npy"], Folder["goldens.npz"]);
        model.WriteCheckpoint(Folder["small.safetensors"]);
        KarlExporter.Export(Folder["small.safetensors"], bundle = Folder["small.karl"], new ExportOptions
        {
            Hint = new ArchitectureHint("a test") { Family = FamilyNames.Alit, Encoder = model.Architecture.Encoder, Decoder = model.Architecture.Decoder },
        });
        return recording;
    }
}
