using Karl.Graphs;
using Karl.Networks;
using Karl.Networks.Internals;
using Karl.Training.Optimizers;

namespace Karl.Training.Steps.Internals;

/// <summary>What the steps of all families and stages have in common: images in, losses of the base tokenizer's codes and of the quantizer, one update.</summary>
internal class StepBuilder
{
    private readonly ITokenizerArchitecture _architecture;
    private readonly StepOptions _options;

    /// <summary>Begins a graph.</summary>
    /// <exception cref="ArgumentException">The network or the step cannot be built.</exception>
    public StepBuilder(string name, ITokenizerArchitecture architecture, StepOptions options)
    {
        options.Validate(architecture);
        (_architecture, _options) = (architecture, options);
        Graph = new Graph(name);
        Losses = new(Graph);
    }

    /// <summary>The graph, before weights become inputs.</summary>
    public Graph Graph { get; }

    /// <summary>What is made less.</summary>
    public NamedLosses Losses { get; }

    /// <summary>Whether a weight belongs to the base tokenizer, which the first stage leaves as it is.</summary>
    public static bool IsBaseTokenizer(Tensor weight) => weight.Name.StartsWith("base.", StringComparison.Ordinal);

    /// <summary>Adds the input <c>image</c>, <c>[batch, 3, size, size]</c>, 0 to 1.</summary>
    public Tensor Image() => Graph.Input("image", ElementType.Float32, "batch", 3, _architecture.ImageSize, _architecture.ImageSize);

    /// <summary>Adds the input <see cref="TrainingStep.Quantization"/>; null where latents are quantized from the first step.</summary>
    public Tensor? Quantization() => _options.QuantizesGradually ? Graph.Input(TrainingStep.Quantization, ElementType.Float32) : null;

    /// <summary>Adds the first stage's losses of a pass: of the base codes, where there are any, and of what the base decoder is given.</summary>
    /// <param name="prefix">What the losses' names begin with.</param>
    /// <param name="pass">The pass.</param>
    /// <param name="targets">What the base tokenizer says.</param>
    /// <param name="weight">How much the first of these losses counts beside its weight for all passes.</param>
    public void AddBaseLosses(string prefix, TokenPass pass, BaseTargets targets, double weight = 1)
    {
        if (targets.Codes is not null) Losses.Add(prefix + "codes", TokenLosses.Codes(pass.LogProbabilities!, targets.Codes), _options.CodeWeight * weight);
        Losses.Add(prefix + "features", TokenLosses.SquaredError(pass.DecodedTokens, targets.Features), _options.FeatureWeight * (targets.Codes is null ? weight : 1));
    }

    /// <summary>Adds the quantizer's losses of passes, summed up; nothing where latents are continuous.</summary>
    /// <param name="prefix">What the losses' names begin with.</param>
    /// <param name="passes">The passes, at least one.</param>
    public void AddQuantizerLosses(string prefix, params IReadOnlyList<TokenPass> passes)
    {
        if (!_architecture.Quantized) return;
        Losses.Add(prefix + "quantizer", Sum(pass => TokenLosses.Quantizer(pass.Normalized!, pass.CodeVectors!, _options.CommitmentWeight)), _options.QuantizerWeight);
        if (_options.EntropyWeight <= 0) return;
        var codebook = LatentCodes.Codebook(Graph, _architecture.LatentCodebookSize, _architecture.LatentWidth);
        Losses.Add(prefix + "entropy", Sum(pass => TokenLosses.Unevenness(pass.Normalized!, codebook, _options.EntropyTemperature)), _options.EntropyWeight);

        Tensor Sum(Func<TokenPass, Tensor> loss) => passes.Select(loss).Aggregate((sum, term) => sum + term);
    }

    /// <summary>Adds the update and makes a step of it.</summary>
    /// <param name="values">Values of the weights that stay as they are.</param>
    /// <param name="isFixed">Which do.</param>
    /// <param name="look">Sees the graph before its weights become inputs, and may add outputs.</param>
    /// <param name="alsoReported">Outputs that are reported beside the losses.</param>
    public TrainingStep Finish(IWeightSource values, Func<Tensor, bool> isFixed, Action<IReadOnlyList<Tensor>, AdamWUpdate>? look = null, params IReadOnlyList<string> alsoReported)
    {
        var loss = Graph.Output(TrainingStep.Loss, Losses.Sum!);
        Tensor[] trained = [.. Graph.Parameters.Where(parameter => parameter.Data is null && !isFixed(parameter))];
        var update = AdamW.Apply(Graph, loss, trained, _options.Optimizer);
        look?.Invoke(trained, update);
        return new(Graph.WithWeightsAsInputs(values, isFixed), update.State, [TrainingStep.Loss, .. Losses.Names, .. alsoReported, AdamW.GradientNorm], update.GradientNames);
    }
}
