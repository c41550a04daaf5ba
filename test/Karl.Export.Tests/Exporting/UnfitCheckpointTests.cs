using Karl.Export.Architectures;
using Karl.Export.Checkpoints;
using Karl.Testing;
using Karl.Tokenizers;

namespace Karl.Export.Exporting;

[TestClass]
public sealed class UnfitCheckpointTests
{
    private const string Missing = "decoder.ln_post.bias", Misshapen = "encoder_ln_pre.weight", Extra = "encoder.transformer.0.attn.gate";

    [TestMethod]
    public void Export_MissingExtraAndMisshapenWeights_AreListedAtOnceAndNothingIsWritten()
    {
        using var folder = new TemporaryFolder();
        SharedFiles.Require("reference");
        var error = Assert.ThrowsExactly<KarlFormatException>(() => Export(folder, tensor => tensor.Name switch
        {
            Missing => [],
            Misshapen => [tensor with { Shape = [2, tensor.Shape[0] / 2] }],
            "encoder_ln_pre.bias" => [tensor, tensor with { Name = Extra }],
            _ => [tensor],
        }));
        foreach (var part in new[] { $"'{Missing}' [64] is missing", $"'{Misshapen}' is [2, 40], and [80] is needed", $"'{Extra}' is not part of this architecture" })
        {
            StringAssert.Contains(error.Message, part);
        }
        Assert.IsFalse(File.Exists(folder["model.karl"]));
    }

    [TestMethod]
    public void Export_TrainingOnlyWeights_AreLeftOut()
    {
        using var folder = new TemporaryFolder();
        Export(folder, tensor => tensor.Name == Misshapen ? [tensor, tensor with { Name = "gan_losses.0.discriminator.main.0.weight" }] : [tensor]);
        Assert.IsTrue(File.Exists(folder["model.karl"]));
    }

    [TestMethod]
    public void Export_NobodySaysHowManyHeads_AsksForIt()
    {
        using var folder = new TemporaryFolder();
        Export(folder, tensor => [tensor]);
        var error = Assert.ThrowsExactly<KarlFormatException>(() => KarlExporter.Export(folder["changed.safetensors"], folder["other.karl"]));
        StringAssert.Contains(error.Message, "--preset");
        StringAssert.Contains(error.Message, "--architecture");
    }

    /// <summary>Exports the recorded weights after a change.</summary>
    private static void Export(TemporaryFolder folder, Func<SafetensorsTensor, SafetensorsTensor[]> change)
    {
        using (var checkpoint = Checkpoint.Open(SharedFiles.Require("reference", "karl-vqgan-quantized", "checkpoint.pth")))
        {
            var tensors = checkpoint.Weights().Where(tensor => !tensor.Name.StartsWith("gan_losses.", StringComparison.Ordinal))
                .Select(tensor => new SafetensorsTensor(tensor.Name, tensor.Type, tensor.Shape, () => tensor.ReadBytes()));
            SafetensorsWriter.Write(folder["changed.safetensors"], tensors.SelectMany(change));
        }
        var hint = ArchitectureFile.Read(SharedFiles.Require("reference", "karl-vqgan-quantized", "architecture.json"));
        KarlExporter.Export(folder["changed.safetensors"], folder["model.karl"], new ExportOptions { Hint = hint });
    }
}
