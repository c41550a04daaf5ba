using Karl.Export.Verification;
using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Arrays;

namespace Karl.Training.Verification;

[TestClass]
public sealed class AlteredRecordingTests
{
    /// <summary>What is changed in a recording, and which tensors must then be found to differ.</summary>
    [TestMethod]
    public void Verify_AlteredNumbers_AreFoundAndNothingElse()
    {
        var report = Verify((key, values) => key switch
        {
            "total_loss" => [values[0] * 1.00002f],
            "p2.halt_logit" => [values[0] + 4e-5f, .. values.Skip(1)],
            "grad_norm.patch_embed.weight" => [values[0] * 1.0003f],
            "grad_last1024.decoder.transformer.0.mlp.c_fc.weight" => [.. values.Select(value => value * 1.01f)],
            "opt.change_first256.encoder.transformer.1.mlp.c_fc.weight" => [.. values.Select((value, index) => index == 7 ? -value : value)],
            _ => values,
        });
        string[] wanted = ["total_loss", "p2.halt_logit", "grad_norm.patch_embed.weight", "grad_last1024.decoder.transformer.0.mlp.c_fc.weight", "opt.change_first256.encoder.transformer.1.mlp.c_fc.weight", "new_quantity", "grad.no_such_weight"];
        CollectionAssert.AreEquivalent(wanted, report.Lines.Where(line => line.IsFailure).Select(line => line.Name).ToArray());
        Assert.AreEqual(VerificationOutcome.Unknown, report.Lines.Single(line => line.Name == "new_quantity").Outcome);
        Assert.IsFalse(report.Succeeded);
    }

    [TestMethod]
    public void Verify_RecordingOverAnotherBase_IsRefusedBeforeAnythingIsRun()
    {
        SharedFiles.Require("reference");
        var error = Assert.ThrowsExactly<KarlFormatException>(() => RecordedStepTests.Verify("vae-continuous", "vqgan-quantized", "b1.T32"));
        StringAssert.Contains(error.Message, "was recorded over a VQGAN");
    }

    [TestMethod]
    public void Verify_RecordingOfAModel_IsRefusedWithAdvice()
    {
        var checkpoint = SharedFiles.Require("reference", "karl-vae-continuous", "checkpoint.pth");
        var recording = SharedFiles.Require("reference", "karl-vae-continuous", "goldens.npz");
        var images = SharedFiles.Require("reference", "inputs", "images.npy");
        var error = Assert.ThrowsExactly<KarlFormatException>(() => TrainingVerifier.Verify(checkpoint, null, recording, images));
        StringAssert.Contains(error.Message, "no recording of a training step");
        StringAssert.Contains(error.Message, "bundle (.karl)");
    }

    private static VerificationReport Verify(Func<string, float[], float[]> alter)
    {
        var original = SharedFiles.Require("reference", "karl-training", "vae-continuous.b1.T128.npz");
        using var folder = new TemporaryFolder();
        var path = folder["altered.npz"];
        using (var archive = NpzArchive.Open(original))
        using (var writer = NpzWriter.Create(path))
        {
            foreach (var key in archive.Keys)
            {
                var array = archive[key];
                writer.Add(key, array.Type == ArrayElementType.Float32 ? NpyArray.Create<float>(alter(key, array.ToFloat32()), [.. array.Shape]) : array);
            }
            writer.Add<float>("new_quantity", [1], 1);
            writer.Add<float>("grad.no_such_weight", [1], 1);
            writer.Complete();
        }
        return TrainingVerifier.Verify(
            SharedFiles.Require("reference", "karl-vae-continuous", "checkpoint.pth"),
            Export.Architectures.ArchitectureFile.Read(SharedFiles.Require("reference", "karl-vae-continuous", "architecture.json")),
            path,
            SharedFiles.Require("reference", "inputs", "images.npy"));
    }
}
