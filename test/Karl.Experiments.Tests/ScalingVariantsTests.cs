using Karl.Experiments.Internals;
using Karl.Networks;
using Karl.Training.Runs;

namespace Karl.Experiments.Tests;

[TestClass]
public sealed class ScalingVariantsTests
{
    public static IEnumerable<object[]> Presets => TrainingPreset.All.Where(preset => preset.Architecture is KarlArchitecture).Select(preset => new object[] { preset.Name });

    [TestMethod]
    public void Of_APresetOfAnotherFamily_NamesThoseThatFit()
    {
        ArgumentException error = Assert.ThrowsExactly<ArgumentException>(() => ScalingVariants.Of(TrainingPreset.Get("small-64-alit"), 40));
        StringAssert.Contains(error.Message, "small-64, try");
    }

    [TestMethod]
    [DynamicData(nameof(Presets))]
    public void Of_APreset_VariesOneThingAtATimeAndCanBeBuilt(string name)
    {
        IReadOnlyList<ScalingVariant> variants = ScalingVariants.Of(TrainingPreset.Get(name), 40);
        KarlArchitecture usual = (KarlArchitecture)variants[0].Preset.Architecture;
        Assert.HasCount(ScalingExperiment.ModelCount, variants);
        Assert.AreEqual(variants.Count, variants.Select(variant => variant.FolderName).Distinct().Count());
        Assert.AreEqual(variants.Count, variants.Select(variant => variant.Preset.Architecture).Distinct().Count());
        foreach (KarlArchitecture architecture in variants.Select(variant => variant.Preset.Architecture))
        {
            architecture.Validate();
            Assert.AreEqual(usual.Base, architecture.Base);
        }

        KarlArchitecture small = (KarlArchitecture)variants.Single(variant => variant.Name == "small encoder, large decoder").Preset.Architecture;
        Assert.AreEqual(usual.Encoder.Layers, 2 * small.Encoder.Layers);
        Assert.AreEqual(usual.Decoder, small.Decoder);
        Assert.IsFalse(variants[^1].Preset.Architecture.Quantized);
    }

    [TestMethod]
    public void Of_FewerSteps_ShortensEveryPhaseInProportion()
    {
        TrainingPreset whole = TrainingPreset.Get("small-64"), half = ScalingVariants.Of(whole, whole.Distillation.Steps / 2)[0].Preset;
        Assert.AreEqual(whole.Base.Steps / 2, half.Base.Steps);
        Assert.AreEqual(whole.Distillation.Steps / 2, half.Distillation.Steps);
        Assert.AreEqual(whole.Finish!.Steps / 2, half.Finish!.Steps);
        Assert.AreEqual(whole.QuantizationSteps / 2, half.QuantizationSteps);
        Assert.AreEqual(whole.Base.Steps, ScalingVariants.Of(whole, null)[0].Preset.Base.Steps);
    }
}
