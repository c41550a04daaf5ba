using Karl.Graphs;
using Karl.Training.Optimizers;
using Karl.Training.Running;
using Karl.Training.Steps;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Training.Tests.Optimizers;

[TestClass]
public sealed class AdamWTests
{
    /// <summary>Two matrices, two rows (which are updated together) and a single number; the second row is a bias by name and all others are by shape.</summary>
    private static readonly (string Name, long[] Shape)[] Weights = [("a.weight", [3, 4]), ("b.weight", [2, 3, 2]), ("a.scale", [4]), ("a.bias", [3]), ("odd.bias", [2, 2]), ("single", [])];

    [TestMethod]
    [DataRow(0.05, 3.0, true)]
    [DataRow(0.0, 0.02, false)]
    [DataRow(0.3, null, true)]
    public void Apply_SeveralSteps_IsTheSlowOptimizer(double weightDecay, double? largestNorm, bool warmsUp)
    {
        var options = new AdamWOptions { WeightDecay = weightDecay, LargestGradientNorm = largestNorm, AverageWarmsUp = warmsUp, AverageDecay = 0.97 };
        var step = Quadratic(options);
        var random = new Random(1);
        var start = Weights.ToDictionary(weight => weight.Name, weight => Enumerable.Range(0, Count(weight.Shape)).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray());
        var slow = new SlowAdamW(start.ToDictionary(weight => weight.Key, weight => Array.ConvertAll(weight.Value, number => (double)number)), options);
        using var runner = new StepRunner(step, FirstState.Of(step, name => start[name]));
        for (var number = 1; number <= 6; number++)
        {
            var learningRate = 0.01f * number;
            var targets = Weights.ToDictionary(weight => weight.Name, weight => Enumerable.Range(0, Count(weight.Shape)).Select(_ => (float)(3 * (random.NextDouble() - 0.5))).ToArray());
            var reported = Run(runner, number, learningRate, targets);
            var gradients = slow.Weights.ToDictionary(weight => weight.Key, weight => weight.Value.Select((value, index) => 2 * (value - targets[weight.Key][index])).ToArray());
            var norm = slow.Step(gradients, learningRate, name => name is "a.weight" or "b.weight" or "single");
            Assert.AreEqual(norm, reported[AdamW.GradientNorm][0], 1e-5 * norm);
            foreach (var (name, _) in Weights)
            {
                AreClose(slow.Weights[name], runner.Read(name), 2e-6, $"{name} after step {number}");
                AreClose(slow.First[name], runner.Read(StateTensor.FirstMoment + name), 2e-6, $"first moment of {name} after step {number}");
                AreClose(slow.Second[name], runner.Read(StateTensor.SecondMoment + name), 2e-6, $"second moment of {name} after step {number}");
                AreClose(slow.Averages[name], runner.Read(StateTensor.Average + name), 2e-6, $"average of {name} after step {number}");
            }
        }
    }

    [TestMethod]
    public void Apply_NoAverageWanted_KeepsNone()
    {
        var step = Quadratic(new AdamWOptions { AverageDecay = null });
        Assert.AreEqual(3 * Weights.Length, step.State.Count);
        Assert.IsFalse(step.Graph.Inputs.Any(input => input.Name.StartsWith(StateTensor.Average, StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Apply_MoreRowsThanOneNodeSplits_UpdatesThemAll()
    {
        var graph = new Graph("many");
        Tensor[] rows = [.. Enumerable.Range(0, 150).Select(number => graph.Parameter($"row.{number}", 1 + number % 3))];
        var loss = rows.Select(row => row.ReduceSum()).Aggregate((sum, next) => sum + next);
        var update = AdamW.Apply(graph, loss, rows);
        var step = new TrainingStep(graph, update.State, [AdamW.GradientNorm], update.GradientNames);
        step = step with { Graph = graph.WithWeightsAsInputs() };
        using var runner = new StepRunner(step, FirstState.Of(step, name => [.. Enumerable.Repeat(1f, 1 + int.Parse(name[4..], System.Globalization.CultureInfo.InvariantCulture) % 3)]));
        var reported = Run(runner, 1, 0.25f, []);
        Assert.AreEqual(Math.Sqrt(300), reported[AdamW.GradientNorm][0], 1e-5);
        foreach (var row in rows) Assert.IsTrue(runner.Read(row.Name).All(value => Math.Abs(value - 0.75f) < 1e-5f), row.Name);
    }

    [TestMethod]
    public void Apply_ImpossibleNumbers_NamesThemAll()
    {
        var graph = new Graph("quadratic");
        var weight = graph.Parameter("weight", 2);
        var error = Assert.ThrowsExactly<ArgumentException>(() =>
            AdamW.Apply(graph, (weight * weight).ReduceSum(), [weight], new AdamWOptions { FirstDecay = 1, Epsilon = 0, AverageDecay = double.NaN }));
        foreach (var part in new[] { "decay of gradients is 1", "epsilon is 0", "decay of the average is NaN" }) StringAssert.Contains(error.Message, part);
    }

    [TestMethod]
    public void Apply_NothingToTrain_SaysSo()
    {
        var graph = new Graph("quadratic");
        var weight = graph.Parameter("weight", 2);
        var error = Assert.ThrowsExactly<ArgumentException>(() => AdamW.Apply(graph, (weight * weight).ReduceSum(), []));
        StringAssert.Contains(error.Message, "nothing to train");
    }

    /// <summary>The loss is the squared distance of every weight from its target, an input.</summary>
    private static TrainingStep Quadratic(AdamWOptions options)
    {
        var graph = new Graph("quadratic");
        Tensor[] parameters = [.. Weights.Select(weight => graph.Parameter(weight.Name, [.. weight.Shape]))];
        var loss = parameters.Select(parameter => (parameter - graph.Input("target." + parameter.Name, ElementType.Float32, [.. parameter.Shape])).ReduceSumSquare()).Aggregate((sum, next) => sum + next);
        var update = AdamW.Apply(graph, loss, parameters, options);
        graph.Output("loss", loss);
        return new(graph.WithWeightsAsInputs(), update.State, ["loss", AdamW.GradientNorm], update.GradientNames);
    }

    private static IReadOnlyDictionary<string, float[]> Run(StepRunner runner, int number, float learningRate, Dictionary<string, float[]> targets)
    {
        var data = Weights.Where(weight => targets.ContainsKey(weight.Name))
            .ToDictionary(weight => "target." + weight.Name, weight => OrtValue.CreateTensorValueFromMemory(targets[weight.Name], weight.Shape));
        data[AdamW.LearningRate] = OrtValue.CreateTensorValueFromMemory(new[] { learningRate }, []);
        data[AdamW.Step] = OrtValue.CreateTensorValueFromMemory(new[] { (float)number }, []);
        try
        {
            return runner.Run(data);
        }
        finally
        {
            foreach (var value in data.Values) value.Dispose();
        }
    }

    private static int Count(long[] shape) => (int)shape.Aggregate(1L, (product, length) => product * length);

    private static void AreClose(double[] wanted, float[] found, double tolerance, string what)
    {
        Assert.AreEqual(wanted.Length, found.Length, what);
        for (var index = 0; index < wanted.Length; index++) Assert.AreEqual(wanted[index], found[index], tolerance * Math.Max(1, Math.Abs(wanted[index])), $"{what}, element {index}");
    }
}
