using Karl.Export.Architectures;
using Karl.Export.Verification;
using Karl.Testing;

namespace Karl.Training.Verification;

[TestClass]
public sealed class RecordedStepTests
{
    [TestMethod]
    [DataRow("vqgan-quantized", "b1.T32")]
    [DataRow("vqgan-quantized", "b2-fixedmask.T128")]
    [DataRow("vae-continuous", "b1.T128")]
    public void Verify_RecordedStep_AgreesInEveryTensor(string model, string name)
    {
        var report = Verify(model, model, name);
        Assert.IsTrue(report.Succeeded, report.ToText(onlyOthers: true));
        Assert.IsGreaterThan(600, report.Count(VerificationOutcome.Agrees));
    }

    internal static VerificationReport Verify(string model, string recordedModel, string name) => TrainingVerifier.Verify(
        SharedFiles.Require("reference", "karl-" + model, "checkpoint.pth"),
        ArchitectureFile.Read(SharedFiles.Require("reference", "karl-" + model, "architecture.json")),
        SharedFiles.Require("reference", "karl-training", $"{recordedModel}.{name}.npz"),
        SharedFiles.Require("reference", "inputs", "images.npy"));
}
