using Karl.Networks;

namespace Karl.Training.Steps;

/// <summary>Numbers of a training step of KARL; the defaults are those of the released code.</summary>
public sealed record KarlStepOptions : StepOptions
{
    /// <summary>Latent tokens of the second pass, in which the network learns to halt: as many as are meant to do for a difficult image.</summary>
    public int FullBudget { get; init; } = 256;

    /// <summary>
    /// Whether the second pass is asked for other errors than the drawn budget reached, by the input <see cref="KarlDistillationStep.AskedShare"/>. Where the budget reaches what is asked,
    /// the tokens beyond it shall halt, and nothing is said of those within; where it does not, those within shall stay, and nothing is said of those beyond. So what is learned is the
    /// fewest tokens that reach an error, for every error. As published, just what was reached is asked for, and the drawn budget counts as the fewest tokens that reach it, however simple the image is.
    /// </summary>
    public bool AsksForOtherErrors { get; init; }

    /// <summary>
    /// Whether the step has an input <see cref="KarlDistillationStep.LeastError"/>, the least error that the second pass is asked for: what the smallest budget reaches, it also reaches
    /// where more error is allowed. As published, it is asked for just what was reached.
    /// </summary>
    public bool AsksForLargerErrors { get; init; }

    /// <summary>How much halting counts; higher separates tokens to be kept and to be halted sooner.</summary>
    public double HaltingWeight { get; init; } = 1;

    private protected override IEnumerable<string> Problems(ITokenizerArchitecture architecture)
    {
        if (FullBudget < 1 || FullBudget > architecture.MaximumLatents) yield return $"the full budget is {FullBudget}; the network has 1 to {architecture.MaximumLatents} latent tokens";
    }

    private protected override IEnumerable<(string Name, double Value)> Weights() => [.. base.Weights(), ("halting", HaltingWeight)];
}
