using Karl.Graphs;
using Karl.Networks;

namespace Karl.Training.Steps.Internals;

/// <summary>
/// The two passes of a training step (KARL, section 3): one reconstructs with a drawn budget, the other is asked for the error that this reached, with
/// the full budget, and shall halt what is more than drawn.
/// </summary>
internal sealed class KarlPasses
{
    /// <summary>Adds both, with the inputs <c>image</c>, <c>epsilon</c>, <c>budget</c> and, over a VAE, <c>noise</c>.</summary>
    public KarlPasses(Graph graph, KarlArchitecture architecture, KarlStepOptions options)
    {
        Image = graph.Input("image", ElementType.Float32, "batch", 3, architecture.ImageSize, architecture.ImageSize);
        var epsilon = graph.Input("epsilon", ElementType.Float32, "batch");
        Budget = graph.Input("budget", ElementType.Int64, 1);
        var quantization = options.QuantizesGradually ? graph.Input(TrainingStep.Quantization, ElementType.Float32) : null;
        BaseMap = KarlEncoder.BaseMap(architecture, Image);
        ImageTokens = KarlEncoder.ImageTokens(architecture, Image, BaseMap);
        Estimate = new(architecture, ImageTokens, KarlEncoder.ErrorBin(architecture, epsilon), Budget, halts: false, quantization);
        EstimateImage = KarlDecoder.Image(architecture, Estimate.DecodedTokens);
        Errors = (Image - EstimateImage.StopGradient()).Abs().ReduceMean([3]).ReduceMean([1, 2]);
        var reachedBin = KarlEncoder.ErrorBin(architecture, Errors);
        var askedBin = options.AsksForLargerErrors
            ? KarlEncoder.ErrorBin(architecture, Errors.Max(graph.Input(KarlDistillationStep.LeastError, ElementType.Float32, "batch")))
            : reachedBin;
        if (options.AsksForOtherErrors)
        {
            askedBin = KarlEncoder.ErrorBin(architecture, Errors * graph.Input(KarlDistillationStep.AskedShare, ElementType.Float32, "batch"));
            EstimateReaches = reachedBin.LessOrEqual(Estimate.ErrorBin).Cast(ElementType.Float32);
            BudgetReaches = reachedBin.LessOrEqual(askedBin).Cast(ElementType.Float32);
        }
        Tokenize = new(architecture, ImageTokens, askedBin, graph.Integers(options.FullBudget), halts: true, quantization);
    }

    /// <summary><c>[batch, 3, size, size]</c>, 0 to 1.</summary>
    public Tensor Image { get; }

    /// <summary>The drawn budget, int64 <c>[1]</c>.</summary>
    public Tensor Budget { get; }

    /// <summary>What the base tokenizer says, <c>[batch, channels, grid, grid]</c>.</summary>
    public Tensor BaseMap { get; }

    /// <summary>2D tokens, <c>[batch, grid * grid, width]</c>.</summary>
    public Tensor ImageTokens { get; }

    /// <summary>The pass with the drawn budget.</summary>
    public KarlPass Estimate { get; }

    /// <summary>Its image, <c>[batch, 3, size, size]</c>.</summary>
    public Tensor EstimateImage { get; }

    /// <summary>Its mean absolute pixel errors, <c>[batch]</c>.</summary>
    public Tensor Errors { get; }

    /// <summary>1 where the first pass reaches what it is asked for, 0 elsewhere, <c>[batch, 1]</c>; null where that makes no difference.</summary>
    public Tensor? EstimateReaches { get; }

    /// <summary>1 where the drawn budget reaches what the second pass is asked for, 0 elsewhere, <c>[batch, 1]</c>; null where it is asked for just that.</summary>
    public Tensor? BudgetReaches { get; }

    /// <summary>The pass with the full budget and these errors, or others, as the condition.</summary>
    public KarlPass Tokenize { get; }
}
