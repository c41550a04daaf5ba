using Karl.Graphs;
using Karl.Testing;
using Karl.Training.Optimizers;
using Karl.Training.Running;

namespace Karl.Training.Steps;

/// <summary>The gradient of a whole step against the difference of two losses; with continuous latents, because quantized ones have another gradient on purpose.</summary>
[TestClass]
public sealed class StepGradientTests
{
    private static readonly KarlStepOptions Options = new() { FullBudget = 8, Optimizer = new() { LargestGradientNorm = null, FirstDecay = 0.5 } };

    [TestMethod]
    [DataRow("vqgan-continuous", true)]
    [DataRow("vae-continuous", true)]
    [DataRow("vqgan-continuous", false)]
    [DataRow("vae-continuous", false)]
    public void Run_FirstStep_KnowsHowTheLossChangesAlongItsGradient(string kind, bool isDistillation)
    {
        var architecture = TinyKarl.Architecture(kind);
        var weights = TinyKarl.Weights(architecture);
        var step = isDistillation ? KarlDistillationStep.Describe(architecture, weights, Options) : KarlPixelStep.Describe(architecture, Options);
        string[] trained = [.. step.State.Select(tensor => tensor.Name).Where(name => name.StartsWith(StateTensor.FirstMoment, StringComparison.Ordinal)).Select(name => name[StateTensor.FirstMoment.Length..])];
        Dictionary<string, float[]> gradients;
        double norm;
        using (var runner = new StepRunner(step, TinyKarl.State(step, weights)))
        {
            norm = Run(runner)[AdamW.GradientNorm][0];
            gradients = trained.ToDictionary(name => name, name => Array.ConvertAll(runner.Read(StateTensor.FirstMoment + name), number => 2 * number));      // the first mean is half of the first gradient
        }
        Assert.AreEqual(norm, Math.Sqrt(gradients.Values.Sum(gradient => gradient.Sum(number => (double)number * number))), 1e-5 * norm);
        string[] given = ["image", "epsilon", "budget", .. kind.StartsWith("vae", StringComparison.Ordinal) ? ["noise"] : (string[])[], .. trained];
        using var forward = new OnnxSession(step.Graph.Subgraph(given, [KarlDistillationStep.Loss]));
        var distance = 1e-4 / norm;     // short: over 1e-2 group normalization of small maps bends the loss by a third
        var slope = (Loss(distance) - Loss(-distance)) / (2 * distance);
        Assert.AreEqual(norm * norm, slope, 0.03 * norm * norm);

        double Loss(double along)
        {
            var inputs = TinyKarl.Inputs(TinyKarl.Images(1), budget: 5).Where(input => given.Contains(input.Key)).ToDictionary();
            foreach (var (name, gradient) in gradients)
            {
                var values = weights[name].AsSpan<float>().ToArray();
                inputs.Add(name, TensorData.From(values.Zip(gradient, (value, change) => (float)(value + along * change)).ToArray(), [.. weights[name].Shape]));
            }
            return forward.Run(inputs)[KarlDistillationStep.Loss].AsSpan<float>()[0];
        }
    }

    private static IReadOnlyDictionary<string, float[]> Run(StepRunner runner) => TinyKarl.Run(runner, TinyKarl.Images(1), 1, budget: 5, learningRate: 0);
}
