using Karl.Graphs;
using Karl.Testing;
using Karl.Training.Optimizers;
using Karl.Training.Running;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Training.Steps;

/// <summary>The gradient of a whole step against the difference of two losses; with continuous latents, because quantized ones have another gradient on purpose.</summary>
[TestClass]
public sealed class StepGradientTests
{
    private static readonly KarlStepOptions Options = new() { FullBudget = 8, Optimizer = new() { LargestGradientNorm = null, FirstDecay = 0.5 } };

    [TestMethod]
    [DataRow("karl", "vqgan-continuous", true)]
    [DataRow("karl", "vae-continuous", true)]
    [DataRow("karl", "vqgan-continuous", false)]
    [DataRow("karl", "vae-continuous", false)]
    [DataRow("alit", "vqgan-continuous", true)]
    [DataRow("alit", "vae-continuous", true)]
    [DataRow("alit", "vqgan-continuous", false)]
    [DataRow("alit", "vae-continuous", false)]
    [DataRow("one-d-piece", "vqgan", true)]
    [DataRow("one-d-piece", "vae", true)]
    [DataRow("one-d-piece", "vqgan", false)]
    [DataRow("one-d-piece", "vae", false)]
    public void Run_FirstStep_KnowsHowTheLossChangesAlongItsGradient(string family, string kind, bool isDistillation)
    {
        var (step, weights) = Described(family, kind, isDistillation);
        string[] trained = [.. step.State.Select(tensor => tensor.Name).Where(name => name.StartsWith(StateTensor.FirstMoment, StringComparison.Ordinal)).Select(name => name[StateTensor.FirstMoment.Length..])];
        Dictionary<string, float[]> gradients;
        double norm;
        using (var runner = TinyKarl.Runner(step, weights))
        {
            norm = Run(runner)[AdamW.GradientNorm][0];
            gradients = trained.ToDictionary(name => name, name => Array.ConvertAll(runner.Read(StateTensor.FirstMoment + name), number => 2 * number));      // the first mean is half of the first gradient
        }
        Assert.AreEqual(norm, Math.Sqrt(gradients.Values.Sum(gradient => gradient.Sum(number => (double)number * number))), 1e-5 * norm);
        string[] given = [.. step.Graph.Inputs.Select(input => input.Name).Intersect(Inputs().Keys), .. trained];
        using var forward = new OnnxSession(step.Graph.Subgraph(given, [TrainingStep.Loss]));
        var distance = 1e-4 / norm;     // short: over 1e-2 group normalization of small maps bends the loss by a third
        var slope = (Loss(distance) - Loss(-distance)) / (2 * distance);
        Assert.AreEqual(norm * norm, slope, 0.03 * norm * norm);

        double Loss(double along)
        {
            var inputs = Inputs().Where(input => given.Contains(input.Key)).ToDictionary();
            foreach (var (name, gradient) in gradients)
            {
                var values = weights[name].AsSpan<float>().ToArray();
                inputs.Add(name, TensorData.From(values.Zip(gradient, (value, change) => (float)(value + along * change)).ToArray(), [.. weights[name].Shape]));
            }
            return forward.Run(inputs)[TrainingStep.Loss].AsSpan<float>()[0];
        }
    }

    private static (TrainingStep Step, WeightDictionary Weights) Described(string family, string kind, bool isDistillation)
    {
        switch (family)
        {
            case "karl":
                var karl = TinyKarl.Architecture(kind);
                var ofKarl = TinyKarl.Weights(karl);
                return (isDistillation ? KarlDistillationStep.Describe(karl, ofKarl, Options) : KarlPixelStep.Describe(karl, Options), ofKarl);
            case "alit":
                var alit = TinyAlit.Architecture(kind);
                var ofAlit = TinyKarl.Weights(alit);
                var alitOptions = new AlitStepOptions { Optimizer = Options.Optimizer };
                return (isDistillation ? AlitDistillationStep.Describe(alit, ofAlit, alitOptions) : AlitPixelStep.Describe(alit, alitOptions), ofAlit);
            default:
                // Its latents are always quantized: what is given to the decoder is taken before that, and the quantizer's own losses count nothing.
                var piece = TinyOneDPiece.Architecture(kind, mixesLatents: kind == "vqgan");
                var ofPiece = TinyKarl.Weights(piece);
                var pieceOptions = new OneDPieceStepOptions { FeatureWeight = 1, QuantizesGradually = true, QuantizerWeight = 0, KeepsEncoder = false, Optimizer = Options.Optimizer };
                return (isDistillation ? OneDPieceDistillationStep.Describe(piece, ofPiece, pieceOptions) : OneDPiecePixelStep.Describe(piece, ofPiece, pieceOptions), ofPiece);
        }
    }

    /// <summary>What steps of any family are given; ALIT decodes its second round, and half of its tosses halt.</summary>
    private static Dictionary<string, TensorData> Inputs() => new(TinyKarl.Inputs(TinyKarl.Images(1), budget: 5))
    {
        [TrainingStep.Quantization] = TensorData.From(new[] { 0f }),
        [AlitPixelStep.RoundTokens] = TensorData.From(AlitPixelStep.TokensOf(TinyAlit.Architecture("vae-continuous"), 1), 8),
        [AlitDistillationStep.Tosses] = TensorData.From(Enumerable.Range(0, TinyKarl.Batch * 2 * 16).Select(index => index % 2 == 0 ? 0f : 1).ToArray(), TinyKarl.Batch, 2, 16),
    };

    private static IReadOnlyDictionary<string, float[]> Run(StepRunner runner) => TinyKarl.Run(runner, TinyKarl.Images(1), 1, budget: 5, learningRate: 0, extra: Extra());

    private static Dictionary<string, OrtValue> Extra() => Inputs().Where(input => input.Key is TrainingStep.Quantization or AlitPixelStep.RoundTokens or AlitDistillationStep.Tosses).ToDictionary(
        input => input.Key,
        input => input.Value.Type == ElementType.Int64
            ? OrtValue.CreateTensorValueFromMemory(input.Value.AsSpan<long>().ToArray(), [.. input.Value.Shape])
            : OrtValue.CreateTensorValueFromMemory(input.Value.AsSpan<float>().ToArray(), [.. input.Value.Shape]));
}
