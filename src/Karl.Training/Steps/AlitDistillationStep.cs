using Karl.Graphs;
using Karl.Networks;
using Karl.Training.Optimizers;
using Karl.Training.Steps.Internals;

namespace Karl.Training.Steps;

/// <summary>
/// The first stage of ALIT's training: a finished base tokenizer stays as it is, and the tokens of every round learn to say what it says of an image. All rounds are in one graph, so that
/// gradients flow back through all of them.
/// </summary>
/// <remarks>
/// Inputs beside the state: <c>image</c> float32 <c>[batch, 3, size, size]</c>, 0 to 1; over a VAE <c>noise</c> float32 <c>[batch, channels, grid, grid]</c>, normally distributed, or zeros
/// for the posterior's mean; over a VQGAN <see cref="Tosses"/>; those that the options ask for, and those of <see cref="AdamW"/>. Outputs: the reported numbers, the losses of each round
/// under <c>round_1.</c>, <c>round_2.</c> ..., those of the quantizer summed up over rounds.
/// </remarks>
public static class AlitDistillationStep
{
    /// <summary>Name of an input where <see cref="AlitStepOptions.HaltsImageTokens"/> over a VQGAN, float32 <c>[batch, rounds - 1, grid * grid]</c>: uniform, 0 to 1.</summary>
    public const string Tosses = "tosses";

    /// <summary>Describes the step.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="baseWeights">Values of the base tokenizer's weights, whose names begin with <c>base.</c>.</param>
    /// <param name="options">Numbers of the step; null is the released code's.</param>
    /// <exception cref="ArgumentException">The network or the step cannot be built.</exception>
    public static TrainingStep Describe(AlitArchitecture architecture, IWeightSource baseWeights, AlitStepOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(baseWeights);
        options ??= new();
        var builder = new StepBuilder("alit-distillation", architecture, options);
        var passes = new AlitPasses(builder, architecture, options, options.DistilsOneRound);
        for (var round = 0; round < passes.Rounds.Count; round++)
        {
            builder.AddBaseLosses(
                options.DistilsOneRound ? string.Empty : $"round_{round + 1}.",
                passes.Rounds[round],
                passes.Targets,
                options.DistilsOneRound ? 1 : options.RoundWeight(round));
        }
        builder.AddQuantizerLosses(string.Empty, passes.Rounds);
        return builder.Finish(baseWeights, StepBuilder.IsBaseTokenizer);
    }
}
