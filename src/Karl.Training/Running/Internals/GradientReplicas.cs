using Karl.Graphs;
using Karl.Training.Steps;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Karl.Training.Running.Internals;

/// <summary>Computes the gradients of a batch's parts side by side: one loaded graph, run by as many threads as there are parts.</summary>
internal sealed class GradientReplicas : IDisposable
{
    /// <summary>What steps call the length of an axis of images.</summary>
    private static readonly Dimension Images = "batch";

    private readonly ReplicatedStep _parts;
    private readonly InferenceSession _session;
    private readonly (string Name, OrtValue Value)[][] _gradients;
    private readonly HashSet<string> _ofImages;

    /// <summary>Loads the graph.</summary>
    public GradientReplicas(TrainingStep step, ReplicatedStep parts, StepRunnerOptions options)
    {
        var threads = options.Threads ?? Environment.ProcessorCount;
        _parts = parts;
        _session = StepSessions.Open(parts.Gradient, options, Math.Max(1, threads - options.Replicas + 1));     // each replica brings a thread of its own
        _ofImages = [.. parts.Gradient.Inputs.Concat(parts.Gradient.Outputs).Where(tensor => tensor.Rank > 0 && tensor.Shape[0].Equals(Images)).Select(tensor => tensor.Name)];
        _gradients = [.. Enumerable.Range(0, options.Replicas).Select(_ => step.Gradients.Select(name => (name, Room(parts, name))).ToArray())];
    }

    /// <summary>The gradients of the last run, under the names that the update wants.</summary>
    public IEnumerable<(string Name, OrtValue Value)> Gradients =>
        _gradients.SelectMany((gradients, replica) => gradients.Select(gradient => (ReplicatedStep.InputOf(replica, gradient.Name), gradient.Value)));

    /// <summary>Runs all parts.</summary>
    /// <param name="runOptions">Stops all of them.</param>
    /// <param name="data">The whole batch, and what all parts share.</param>
    /// <param name="weight">Gives a weight.</param>
    /// <returns>What they report: of each image all, of single numbers the mean.</returns>
    /// <exception cref="ArgumentException">The batch does not fall into so many parts.</exception>
    public Dictionary<string, float[]> Run(RunOptions runOptions, IReadOnlyDictionary<string, OrtValue> data, Func<string, OrtValue> weight)
    {
        var results = new Dictionary<string, float[]>[_gradients.Length];
        var others = Enumerable.Range(1, results.Length - 1).Select(replica => Task.Factory.StartNew(() => Part(replica), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        try
        {
            Part(0);
        }
        finally
        {
            Task.WhenAll(others).ContinueWith(static _ => { }, TaskScheduler.Default).Wait();       // the buffers are theirs until they end, however they do
        }

        foreach (var other in others) other.GetAwaiter().GetResult();
        return _parts.Reported.ToDictionary(name => name, name => Together(name, [.. results.Select(result => result[name])]), StringComparer.Ordinal);

        void Part(int replica) => results[replica] = RunPart(runOptions, replica, data, weight);
    }

    public void Dispose()
    {
        foreach (var (_, value) in _gradients.SelectMany(gradients => gradients)) value.Dispose();
        _session.Dispose();
    }

    private static OrtValue Room(ReplicatedStep parts, string gradient) =>
        OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, parts.Gradient[gradient].Shape.ToFixed());

    private Dictionary<string, float[]> RunPart(RunOptions runOptions, int replica, IReadOnlyDictionary<string, OrtValue> data, Func<string, OrtValue> weight)
    {
        List<OrtValue> cut = [];
        try
        {
            using var binding = _session.CreateIoBinding();
            foreach (var name in _parts.Data)
            {
                if (_ofImages.Contains(name)) cut.Add(Cut(name, data[name], replica));
                binding.BindInput(name, _ofImages.Contains(name) ? cut[^1] : data[name]);
            }

            foreach (var name in _parts.Weights) binding.BindInput(name, weight(name));
            foreach (var name in _parts.Reported) binding.BindOutputToDevice(name, OrtMemoryInfo.DefaultInstance);
            foreach (var (name, value) in _gradients[replica]) binding.BindOutput(name, value);
            _session.RunWithBinding(runOptions, binding);
            return BoundOutputs.Read(binding, _parts.Reported);
        }
        finally
        {
            cut.ForEach(value => value.Dispose());
        }
    }

    /// <summary>Copies a replica's images, or numbers of images, out of the batch.</summary>
    private OrtValue Cut(string name, OrtValue whole, int replica)
    {
        var info = whole.GetTensorTypeAndShape();
        var shape = info.Shape;
        if (shape[0] % _gradients.Length != 0) throw new ArgumentException($"'{name}' has {shape[0]} images; a multiple of {_gradients.Length}, the number of replicas, was expected.");
        shape[0] /= _gradients.Length;
        var part = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, info.ElementDataType, shape);
        var bytes = part.GetTensorMutableRawData();
        whole.GetTensorMutableRawData().Slice(replica * bytes.Length, bytes.Length).CopyTo(bytes);
        return part;
    }

    private float[] Together(string name, float[][] parts) =>
        _ofImages.Contains(name) ? [.. parts.SelectMany(part => part)] : [.. Enumerable.Range(0, parts[0].Length).Select(index => parts.Average(part => part[index]))];
}
