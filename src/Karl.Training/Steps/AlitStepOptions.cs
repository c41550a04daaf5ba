using Karl.Networks;

namespace Karl.Training.Steps;

/// <summary>Numbers of a training step of ALIT; the defaults are those of its released code.</summary>
public sealed record AlitStepOptions : StepOptions
{
    /// <summary>First stage: how much the base codes (VQGAN) or the features (VAE) of each round count; later rounds count as the last one. Raise the first ones for more in few tokens.</summary>
    public IReadOnlyList<double> RoundWeights { get; init; } = [2.5, 2, 1.5, 1.25, 1];

    /// <summary>
    /// Whether 2D tokens that are predicted well are halted between rounds by a toss, given as the input <see cref="AlitDistillationStep.Tosses"/>. Over a VAE the released code's halting
    /// has no effect, and there is none here.
    /// </summary>
    public bool HaltsImageTokens { get; init; } = true;

    /// <summary>First stage: whether a step has the losses of one round, as in the second, in place of all. Cheaper steps, of which more are needed.</summary>
    public bool DistilsOneRound { get; init; }

    /// <summary>How much a round counts in the first stage, counted from 0.</summary>
    public double RoundWeight(int round) => RoundWeights[Math.Min(round, RoundWeights.Count - 1)];

    /// <summary>Whether a step of a network halts 2D tokens.</summary>
    internal bool Halts(AlitArchitecture architecture) => HaltsImageTokens && architecture.Base is VqganArchitecture && architecture.Rounds > 1;

    private protected override IEnumerable<string> Problems(ITokenizerArchitecture architecture)
    {
        if (RoundWeights.Count == 0) yield return "there are no weights of rounds; wanted at least one";
    }

    private protected override IEnumerable<(string Name, double Value)> Weights() => [.. base.Weights(), .. RoundWeights.Select((weight, round) => ($"round {round + 1}", weight))];
}
