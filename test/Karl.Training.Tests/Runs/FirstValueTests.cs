using Karl.Graphs;
using Karl.Networks;
using Karl.Training.Runs.Internals;

namespace Karl.Training.Runs;

/// <summary>What weights begin with.</summary>
[TestClass]
public sealed class FirstValueTests
{
    private const string Embedding = "decoder.latent_embedding.weight";

    [TestMethod]
    public void FirstValue_OfContinuousLatents_TakesThemInAsStronglyAsCodes()
    {
        TrainingPreset preset = TrainingPreset.Get("try");
        KarlArchitecture codes = (KarlArchitecture)preset.Architecture;
        Shape shape = WeightManifest.Of(codes).Weights[Embedding];
        double root = Math.Sqrt(codes.LatentWidth);
        float[] ofCodes = Of(codes, Embedding, shape), continuous = Of(codes with { Quantized = false }, Embedding, shape);
        Assert.IsTrue(ofCodes.Zip(continuous).All(pair => Math.Abs((pair.Second * root) - pair.First) < 1e-6));
        const string other = "encoder.latents.output.weight";
        CollectionAssert.AreEqual(Of(codes, other, WeightManifest.Of(codes).Weights[other]), Of(codes with { Quantized = false }, other, WeightManifest.Of(codes).Weights[other]));

        float[] Of(KarlArchitecture architecture, string name, Shape length) => FamilyTraining.Of(preset with { Architecture = architecture }, 0, new Judges(null, null, null)).FirstValue(name, length);
    }
}
