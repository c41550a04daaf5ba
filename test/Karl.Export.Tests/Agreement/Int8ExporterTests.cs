using Karl.Export.Architectures;
using Karl.Export.Exporting;
using Karl.Testing;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Demonstration;
using Karl.Tokenizers.Imaging;

namespace Karl.Export.Agreement;

[TestClass]
public sealed class Int8ExporterTests
{
    [TestMethod]
    public void Export_LimitsThatHold_WritesAnEightBitBundleThatAgrees()
    {
        using var folder = new TemporaryFolder();
        var report = Export(folder, new AgreementLimits { LeastGain = 0 });
        Assert.HasCount(2, report.Images);
        Assert.IsGreaterThan(0.9, report.Positions);
        Assert.IsGreaterThan(0.8, report.Codes);
        using var bundle = Bundle.Open(folder["model.karl"]);
        Assert.AreEqual("int8", bundle.Manifest.Storage);
        StringAssert.Contains(report.ToString(), "2 images: positions");
    }

    [TestMethod]
    public void Export_LimitThatDoesNotHold_WritesNothingAndSaysWhich()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["model.karl"], "an earlier model");
        var limits = new AgreementLimits { LeastGain = 1000 };
        StringAssert.Contains(Export(folder, limits).Problems(limits).Single(), "at least 1000.00 is wanted");
        Assert.AreEqual("an earlier model", File.ReadAllText(folder["model.karl"]));
        CollectionAssert.AreEquivalent(new[] { "model.karl", "flat.png", "scene.png" }, Directory.GetFiles(folder.FullPath).Select(Path.GetFileName).ToArray());
    }

    [TestMethod]
    public void Measure_ModelAgainstItself_AgreesEntirely()
    {
        using var folder = new TemporaryFolder();
        KarlExporter.Export(SharedFiles.Require("reference", "karl-vae-continuous", "checkpoint.pth"), folder["model.karl"], Options("karl-vae-continuous"));
        var report = BundleAgreement.Measure(folder["model.karl"], folder["model.karl"], [Image(folder, "scene")]);
        Assert.AreEqual((1.0, 1.0, 0.0, 0.0), (report.Positions, report.Codes, report.CountDrift, report.ErrorGrowth));
    }

    private static AgreementReport Export(TemporaryFolder folder, AgreementLimits limits) => Int8Exporter.Export(
        SharedFiles.Require("reference", "karl-vqgan-quantized", "checkpoint.pth"),
        folder["model.karl"],
        [Image(folder, "flat"), Image(folder, "scene")],
        Options("karl-vqgan-quantized"),
        limits);

    private static ExportOptions Options(string recording) => new() { Hint = ArchitectureFile.Read(SharedFiles.Require("reference", recording, "architecture.json")) };

    private static string Image(TemporaryFolder folder, string name)
    {
        var path = folder[name + ".png"];
        ImageWriter.Write(DemonstrationImages.All.Single(image => image.Name == name).Draw(), path);
        return path;
    }
}
