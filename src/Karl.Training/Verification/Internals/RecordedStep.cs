using Karl.Export.Checkpoints;
using Karl.Export.Exporting.Internals;
using Karl.Export.Naming;
using Karl.Export.Verification.Internals;
using Karl.Graphs;
using Karl.Networks;
using Karl.Training.Optimizers;
using Karl.Training.Running;
using Karl.Training.Steps;
using Karl.Training.Steps.Internals;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Training.Verification.Internals;

/// <summary>A recorded step, done by us: its outputs, gradients and changes of weights.</summary>
internal sealed class RecordedStep
{
    /// <summary>What recordings were made with.</summary>
    public const float LearningRate = 1e-4f;

    private const float FirstStep = 1;
    private const string Clipping = "clipping";
    private readonly IReadOnlyDictionary<string, float[]> _outputs;
    private readonly Dictionary<string, float[]> _before;
    private readonly Dictionary<string, float[]> _after;
    private readonly Graph _graph;
    private readonly Dictionary<string, long> _lengths;
    private readonly NameMap _names;

    private RecordedStep(KarlArchitecture architecture, TrainingStep step, IReadOnlyDictionary<string, float[]> outputs, Dictionary<string, float[]> before, Dictionary<string, float[]> after, StepRecording recording, float[] codebook)
    {
        Architecture = architecture;
        _graph = step.Graph;
        _outputs = outputs;
        _before = before;
        _after = after;
        _names = KarlNames.For(architecture.Base);
        _lengths = new(StringComparer.Ordinal) { ["batch"] = recording.Images.Count, ["budget"] = recording.Budget };
        Codebook = new([.. codebook.Select(number => (double)number)], [codebook.Length / architecture.LatentWidth, architecture.LatentWidth]);
    }

    /// <summary>The network.</summary>
    public KarlArchitecture Architecture { get; }

    /// <summary>Codes of latent tokens as the checkpoint has them, <c>[codes, width]</c>; none where latents are continuous.</summary>
    public Numbers Codebook { get; }

    /// <summary>Does the step.</summary>
    /// <exception cref="Tokenizers.KarlFormatException">The checkpoint's weights do not fit.</exception>
    public static RecordedStep Run(KarlArchitecture architecture, StateDict weights, StepRecording recording, float[] pixels, int? threads, CancellationToken cancellationToken)
    {
        var names = KarlNames.For(architecture.Base);
        WeightCheck.Require(weights, names, [KarlEncoder.Describe(architecture), KarlDecoder.Describe(architecture)]);
        var source = new CheckpointWeights(weights, names);
        var options = new KarlStepOptions { FullBudget = recording.FullBudget, Optimizer = new() { AverageDecay = null } };
        var step = KarlDistillationStep.Describe(architecture, source, options, AddOutputs);
        var state = FirstState.Of(step, name => source.Get(name).AsSpan<float>().ToArray());
        using var runner = new StepRunner(step, state, new() { Threads = threads });
        var data = Data(architecture, recording, pixels);
        try
        {
            var outputs = runner.Run(data, cancellationToken);
            string[] trained = [.. step.State.Where(tensor => !tensor.IsMoment).Select(tensor => tensor.Name)];
            var codebook = architecture.Quantized ? state["codebook.weight"] : [];
            return new(architecture, step, outputs, trained.ToDictionary(name => name, name => state[name]), trained.ToDictionary(name => name, runner.Read), recording, codebook);
        }
        finally
        {
            foreach (var value in data.Values) value.Dispose();
        }
    }

    /// <summary>A number that the step reports.</summary>
    public Numbers Reported(string name) => new([_outputs[name][0]], []);

    /// <summary>What gradients were multiplied with.</summary>
    public Numbers ClippingFactor => Reported(Clipping);

    /// <summary>An output with its shape.</summary>
    public Numbers Output(string name) => new([.. _outputs[name].Select(number => (double)number)], _graph[name].Shape.Evaluate(_lengths));

    /// <summary>Our name of a trained weight; null where there is none of this published name.</summary>
    public string? Find(string published) => _names.FromPublished(published) is { } name && _before.ContainsKey(name) ? name : null;

    /// <summary>The gradient of a weight.</summary>
    public ReadOnlySpan<float> Gradient(string weight) => _outputs[AdamW.GradientPrefix + weight];

    /// <summary>The shape of a weight.</summary>
    public long[] ShapeOf(string weight) => _graph[weight].Shape.ToFixed();

    /// <summary>A weight before the step.</summary>
    public ReadOnlySpan<float> Before(string weight) => _before[weight];

    /// <summary>A weight after the step.</summary>
    public ReadOnlySpan<float> After(string weight) => _after[weight];

    private static void AddOutputs(KarlStepParts parts)
    {
        var graph = parts.Graph;
        var tokens = parts.Passes.ImageTokens;
        graph.Output("tokens_2d", tokens);
        graph.Output(parts.Targets.Codes is null ? "gt_code" : "gt_indices", parts.Targets.Codes ?? parts.Targets.Features);
        foreach (var (name, pass) in new[] { ("p1.", parts.Passes.Estimate), ("p2.", parts.Passes.Tokenize) })
        {
            graph.Output(name + "bin_index", pass.ErrorBin.Squeeze(1));
            graph.Output(name + "halt_logit", pass.HaltingLogits);
            graph.Output(name + "latents_factorized", pass.Latents);
            graph.Output(name + "decoder_out", pass.Prediction);
            if (pass.Codes is not null) graph.Output(name + "indices", pass.Codes);
            if (pass.Halted is not null) graph.Output(name + "halted", pass.Halted);
        }
        graph.Output(Clipping, parts.Update.Clipping!);
        foreach (var (weight, gradient) in parts.Trained.Zip(parts.Update.Gradients)) graph.Output(AdamW.GradientPrefix + weight.Name, gradient);
    }

    private static Dictionary<string, OrtValue> Data(KarlArchitecture architecture, StepRecording recording, float[] pixels)
    {
        long batch = recording.Images.Count, size = architecture.ImageSize;
        var data = new Dictionary<string, OrtValue>(StringComparer.Ordinal)
        {
            ["image"] = OrtValue.CreateTensorValueFromMemory(pixels, [batch, 3, size, size]),
            ["epsilon"] = OrtValue.CreateTensorValueFromMemory(recording.ErrorBins.Select(bin => architecture.ErrorBins[bin]).ToArray(), [batch]),
            ["budget"] = OrtValue.CreateTensorValueFromMemory(new long[] { recording.Budget }, [1]),
            [AdamW.LearningRate] = OrtValue.CreateTensorValueFromMemory([LearningRate], []),
            [AdamW.Step] = OrtValue.CreateTensorValueFromMemory([FirstStep], []),
        };
        if (architecture.Base is VaeArchitecture vae)
        {
            long channels = vae.LatentChannels, grid = architecture.GridSize;
            data["noise"] = OrtValue.CreateTensorValueFromMemory(new float[batch * channels * grid * grid], [batch, channels, grid, grid]);
        }
        return data;
    }
}
