using Karl.Export.Naming;
using Karl.Graphs;
using Karl.Networks;
using Karl.Training.Steps;

namespace Karl.Training.Runs.Internals;

/// <summary>One-D-Piece: one pass a step, of which the decoder sees the first tokens alone.</summary>
internal sealed class OneDPieceTraining : FamilyTraining
{
    private readonly OneDPieceArchitecture _architecture;
    private readonly OneDPieceStepDraws _draws;

    /// <exception cref="ArgumentException">A budget of the preset is none of the network's.</exception>
    public OneDPieceTraining(TrainingPreset preset, OneDPieceArchitecture architecture, int seed, Judges judges) : base(preset, seed, judges)
    {
        _architecture = architecture;
        IReadOnlyList<int> budgets = architecture.HasFixedLength ? [architecture.MaximumLatents] : preset.Budgets ?? [.. Enumerable.Range(1, architecture.MaximumLatents)];
        if (budgets.Count == 0 || budgets.Any(budget => budget < 1 || budget > architecture.MaximumLatents))
        {
            throw new ArgumentException($"The budgets to draw from are [{string.Join(", ", budgets)}]; wanted at least one, each from 1 to {architecture.MaximumLatents}, the network's maximum.", nameof(preset));
        }
        _draws = new OneDPieceStepDraws(budgets, seed);
    }

    public override NameMap WeightNames => OneDPieceNames.For(_architecture.Base);

    public override FamilyStep Distillation(PhaseOptions phase, IWeightSource baseWeights) =>
        new(OneDPieceDistillationStep.Describe(_architecture, baseWeights, DistillationNumbers(Own(), phase)), _draws);

    public override FamilyStep Pixels(PhaseOptions phase, IWeightSource weights) =>
        new(OneDPiecePixelStep.Describe(_architecture, weights, Numbers(Own(), phase), Judges.Perceptual, Judges.Adversary), _draws)
        {
            Reconstructions = new Dictionary<string, string> { [string.Empty] = OneDPiecePixelStep.Reconstruction },
        };

    /// <summary>Everything is trained in the second stage, on the same losses as the other families: as published, the encoder would stay as it is, and squared errors would count.</summary>
    private static OneDPieceStepOptions Own() => new() { KeepsEncoder = false, SquaredPixelWeight = 0 };
}
