using Karl.Graphs;
using Karl.Networks;
using Karl.Networks.Internals;

namespace Karl.Training.Steps.Internals;

/// <summary>All rounds of a training step of ALIT (section 3), one after the other, with the reconstructions that its losses look at.</summary>
internal sealed class AlitPasses
{
    private readonly AlitArchitecture _architecture;
    private readonly Tensor? _quantization;
    private readonly List<TokenPass> _rounds = [];

    /// <summary>Adds all rounds, with the inputs <c>image</c> and, over a VAE, <c>noise</c>, and those that the options ask for.</summary>
    /// <param name="builder">The step.</param>
    /// <param name="architecture">The network.</param>
    /// <param name="options">Whether 2D tokens are halted.</param>
    /// <param name="oneRound">Whether one round alone is decoded, the one whose tokens the input <see cref="AlitPixelStep.RoundTokens"/> names.</param>
    public AlitPasses(StepBuilder builder, AlitArchitecture architecture, AlitStepOptions options, bool oneRound)
    {
        _architecture = architecture;
        var graph = builder.Graph;
        Image = builder.Image();
        _quantization = builder.Quantization();
        var baseMap = BaseNetwork.Map(architecture.Base, Image);
        Targets = BaseTargets.Of(architecture.Base, baseMap);
        var halts = options.Halts(architecture);
        var tosses = halts ? graph.Input(AlitDistillationStep.Tosses, ElementType.Float32, "batch", architecture.Rounds - 1, architecture.ImageTokens) : null;
        var sequence = AlitEncoder.Sequence(architecture, AlitEncoder.ImageTokens(architecture, Image, baseMap));
        List<Tensor> latents = [];
        for (var round = 0; round < architecture.Rounds; round++)
        {
            var (own, tokens) = (round, (round + 1) * architecture.LatentsPerRound);
            sequence = AlitRound.Next(architecture, sequence, rows => rows.Slice(0, own, own + 1));
            latents.Add(AlitRound.Latents(architecture, AlitRound.LatentOutputs(architecture, sequence)));
            var haltsAfter = halts && round < architecture.Rounds - 1;
            if (oneRound && !haltsAfter) continue;
            var pass = Decoded(latents[^1], rows => rows.Slice(0, 0, tokens));
            if (haltsAfter) sequence = AlitRound.Masked(architecture, sequence, Halted(pass, tosses!.Slice(1, round, round + 1).Squeeze(1)));
            if (!oneRound) _rounds.Add(pass);
        }

        // Where nothing is halted the mask token has no part in anything, but a checkpoint has it.
        if (!halts) graph.Parameter("encoder.mask_token", 1, 1, architecture.Encoder.Width);
        if (!oneRound) return;
        var chosen = Tensor.Concat(1, [.. latents]).Gather(graph.Input(AlitPixelStep.RoundTokens, ElementType.Int64, "tokens"), axis: 1);
        _rounds.Add(Decoded(chosen, rows => rows.First(0, graph.LengthOf(chosen.Shape[1]))));
    }

    /// <summary><c>[batch, 3, size, size]</c>, 0 to 1.</summary>
    public Tensor Image { get; }

    /// <summary>What the base tokenizer says.</summary>
    public BaseTargets Targets { get; }

    /// <summary>What losses look at: each round, or the one that was chosen.</summary>
    public IReadOnlyList<TokenPass> Rounds => _rounds;

    private TokenPass Decoded(Tensor latents, Func<Tensor, Tensor> pick) =>
        new(_architecture, latents, given => BaseNetwork.Prediction(_architecture.Base, AlitDecoder.ImageTokens(_architecture, given, pick)), _quantization);

    /// <summary>1 where a 2D token's true base code is predicted well and the toss falls below its probability, <c>[batch, grid * grid]</c>; no gradient flows through it.</summary>
    private Tensor Halted(TokenPass pass, Tensor tosses)
    {
        var probabilities = pass.LogProbabilities!.GatherElements(Targets.Codes!.Unsqueeze(2), 2).Squeeze(2).Exp();
        return probabilities.GreaterOrEqual(_architecture.HaltingThreshold).And(tosses.Less(probabilities)).Cast(ElementType.Float32);
    }
}
