using Karl.Graphs;
using Karl.Networks;
using Karl.Networks.Internals;
using Karl.Training.Steps.Internals;

namespace Karl.Training.Steps;

/// <summary>The second stage of ALIT's training: the base tokenizer and the transformers together learn to give back the pixels from the tokens of one round a step.</summary>
/// <remarks>
/// Inputs as in <see cref="AlitDistillationStep"/>, and <see cref="RoundTokens"/>; with an adversary also <see cref="AdversaryStep.AdversarialWeight"/>, a single float32 number, and the
/// adversary's weights under <c>adversary.</c> and their names in <see cref="AdversaryStep"/> (as published, each round has an adversary of its own). Outputs: the reported numbers, and
/// <see cref="Reconstruction"/>.
/// </remarks>
public static class AlitPixelStep
{
    /// <summary>
    /// Name of an input, int64 <c>[tokens]</c>: which tokens are decoded, of those of all rounds one after the other; see <see cref="TokensOf"/>. So one graph serves every round.
    /// </summary>
    public const string RoundTokens = "round_tokens";

    /// <summary>Name of an output, float32 <c>[batch, 3, size, size]</c>: what the round made of the images.</summary>
    public const string Reconstruction = "reconstruction";

    /// <summary>Describes the step.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="options">Numbers of the step; null is the released code's.</param>
    /// <param name="perceptual">A network that says how different images look, as in <see cref="KarlPixelStep.Describe"/>; null goes without.</param>
    /// <param name="adversary">The network that tells reconstructions from real images; null goes without.</param>
    /// <exception cref="ArgumentException">The network or the step cannot be built, or the perceptual network is another.</exception>
    public static TrainingStep Describe(AlitArchitecture architecture, AlitStepOptions? options = null, Graph? perceptual = null, AdversaryArchitecture? adversary = null)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        options ??= new();
        var builder = new StepBuilder("alit-pixels", architecture, options);
        var passes = new AlitPasses(builder, architecture, options, oneRound: true);
        var found = BaseNetwork.Image(architecture.Base, passes.Rounds[0].DecodedTokens, architecture.GridSize);
        new PixelLosses(builder, options, perceptual, adversary).Add(string.Empty, found, passes.Image);
        builder.AddQuantizerLosses(string.Empty, passes.Rounds);
        builder.Graph.Output(Reconstruction, found);
        return builder.Finish(new WeightDictionary(), _ => false);
    }

    /// <summary>What <see cref="RoundTokens"/> is for a round, counted from 0.</summary>
    public static long[] TokensOf(AlitArchitecture architecture, int round)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        var fresh = (long)architecture.LatentsPerRound;
        var start = fresh * round * (round + 1) / 2;            // all tokens of the rounds before
        return [.. Enumerable.Range(0, (int)fresh * (round + 1)).Select(token => start + token)];
    }
}
