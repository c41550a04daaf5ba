using Karl.Export.Naming;
using Karl.Graphs;
using Karl.Networks;
using Karl.Training.Steps;

namespace Karl.Training.Runs.Internals;

/// <summary>KARL: two passes a step, of which the first draws a budget and errors.</summary>
internal sealed class KarlTraining(TrainingPreset preset, KarlArchitecture architecture, int seed, Judges judges) : FamilyTraining(preset, seed, judges)
{
    private const int LargestBudget = 256;

    public override NameMap WeightNames => KarlNames.For(architecture.Base);

    public override ITokenizerArchitecture Trained => architecture with { HaltingThreshold = Preset.HaltingThreshold ?? architecture.HaltingThreshold };

    public override FamilyStep Distillation(PhaseOptions phase, IWeightSource baseWeights)
    {
        var options = DistillationNumbers(Own(), phase);
        return new(KarlDistillationStep.Describe(architecture, baseWeights, options), Draws(options));
    }

    public override FamilyStep Pixels(PhaseOptions phase, IWeightSource weights) => OnPixels(Numbers(Own(), phase));

    public override FamilyStep Finish(PhaseOptions phase, IWeightSource weights) => OnPixels(Numbers(Own(), phase) with { AsksForLargerErrors = false, AsksForOtherErrors = true });

    private FamilyStep OnPixels(KarlStepOptions options) => new(KarlPixelStep.Describe(architecture, options, Judges.Perceptual, Judges.Adversary), Draws(options))
    {
        Reconstructions = new Dictionary<string, string> { ["estimate."] = KarlPixelStep.EstimateImage, ["tokenize."] = KarlPixelStep.TokenizeImage },
    };

    private KarlStepOptions Own() => new() { FullBudget = Math.Min(LargestBudget, architecture.MaximumLatents), AsksForLargerErrors = Preset.AsksForLargerErrors };

    private KarlStepDraws Draws(KarlStepOptions options) => new(new KarlDraws(architecture, Preset.Budgets, Seed, Preset.LargestFirstError), options);
}
