using Karl.Export.Naming;
using Karl.Graphs;
using Karl.Networks;
using Karl.Training.Steps;

namespace Karl.Training.Runs.Internals;

/// <summary>ALIT: all rounds in a step; the losses of all of them in the first stage, of one after the other in the second.</summary>
internal sealed class AlitTraining(TrainingPreset preset, AlitArchitecture architecture, int seed, Judges judges) : FamilyTraining(preset, seed, judges)
{
    /// <summary>2D tokens are of length 1 when positions are added to them, a quarter of what they are in the other families.</summary>
    private const float PositionScale = 0.25f;

    public override NameMap WeightNames => AlitNames.For(architecture.Base);

    public override FamilyStep Distillation(PhaseOptions phase, IWeightSource baseWeights)
    {
        var options = DistillationNumbers(new AlitStepOptions { DistilsOneRound = Preset.DistilsOneRound }, phase);
        return new(AlitDistillationStep.Describe(architecture, baseWeights, options), Draws(options, options.DistilsOneRound));
    }

    public override FamilyStep Pixels(PhaseOptions phase, IWeightSource weights)
    {
        var options = Numbers(new AlitStepOptions(), phase);
        return new(AlitPixelStep.Describe(architecture, options, Judges.Perceptual, Judges.Adversary), Draws(options, oneRound: true))
        {
            Reconstructions = new Dictionary<string, string> { [string.Empty] = AlitPixelStep.Reconstruction },
        };
    }

    public override float[] FirstValue(string name, Shape shape)
    {
        var values = base.FirstValue(name, shape);
        return name == "encoder.positions" ? Array.ConvertAll(values, value => value * PositionScale) : values;
    }

    private AlitStepDraws Draws(AlitStepOptions options, bool oneRound) => new(architecture, Seed, oneRound, options.Halts(architecture));
}
