using Karl.Graphs;
using Karl.Networks;
using Karl.Training.Optimizers;
using Karl.Training.Steps.Internals;

namespace Karl.Training.Steps;

/// <summary>
/// The first stage of KARL's training: a finished base tokenizer stays as it is, and the transformers learn to say in few tokens what it says of an image.
/// </summary>
/// <remarks>
/// Inputs beside the state: <c>image</c> float32 <c>[batch, 3, size, size]</c>, 0 to 1; <c>epsilon</c> float32 <c>[batch]</c>, the errors asked for in the first pass,
/// and <c>budget</c> int64 <c>[1]</c>, its tokens (<see cref="KarlDraws"/> draws both); over a VAE <c>noise</c> float32 <c>[batch, channels, grid, grid]</c>, normally
/// distributed, or zeros for the posterior's mean; and those of <see cref="AdamW"/>. Outputs: the reported numbers, each part of the loss for the first pass
/// (<c>estimate.</c>) and the second (<c>tokenize.</c>), and <c>errors</c> float32 <c>[batch]</c>, the mean absolute pixel errors of the first pass.
/// </remarks>
public static class KarlDistillationStep
{
    /// <summary>Name of an output, float32 <c>[batch]</c>: the mean absolute pixel errors of the first pass.</summary>
    public const string Errors = "errors";

    /// <summary>Name of an output, a single number: how many tokens of an image the second pass keeps on average.</summary>
    public const string KeptTokens = "kept_tokens";

    /// <summary>Name of an input where <see cref="KarlStepOptions.AsksForLargerErrors"/>, float32 <c>[batch]</c>: the least error that the second pass is asked for.</summary>
    public const string LeastError = "least_error";

    /// <summary>Name of an input where <see cref="KarlStepOptions.AsksForOtherErrors"/>, float32 <c>[batch]</c>: what the second pass is asked for, in units of the error that the first reached.</summary>
    public const string AskedShare = "asked_share";

    /// <summary>Describes the step.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="baseWeights">Values of the base tokenizer's weights, whose names begin with <c>base.</c>.</param>
    /// <param name="options">Numbers of the step; null is the released code's.</param>
    /// <exception cref="ArgumentException">The network or the step cannot be built.</exception>
    public static TrainingStep Describe(KarlArchitecture architecture, IWeightSource baseWeights, KarlStepOptions? options = null) =>
        Describe(architecture, baseWeights, options ?? new(), null);

    /// <summary>The same with more outputs, for comparing with recordings.</summary>
    internal static TrainingStep Describe(KarlArchitecture architecture, IWeightSource baseWeights, KarlStepOptions options, Action<KarlStepParts>? addOutputs)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(baseWeights);
        var builder = new KarlStepBuilder("karl-distillation", architecture, options);
        var targets = BaseTargets.Of(architecture.Base, builder.Passes.BaseMap);
        builder.AddLosses((prefix, pass) => builder.AddBaseLosses(prefix, pass, targets));
        return builder.Finish(
            baseWeights,
            StepBuilder.IsBaseTokenizer,
            (trained, update) => addOutputs?.Invoke(new(builder.Graph, builder.Passes, targets, trained, update)));
    }
}
