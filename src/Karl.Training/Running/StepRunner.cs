using Karl.Training.Running.Internals;
using Karl.Training.Steps;
using Microsoft.ML.OnnxRuntime;
using Tensor = Karl.Graphs.Tensor;

namespace Karl.Training.Running;

/// <summary>
/// Runs a step again and again. The state lives in two sets of ONNX Runtime tensors that take turns as input and output, so weights and moments
/// never pass through managed memory between steps.
/// </summary>
public sealed class StepRunner : IDisposable
{
    private readonly TrainingStep _step;
    private readonly GradientReplicas? _replicas;
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly StepState _state;
    private readonly string[] _ownInputs;
    private readonly string[] _ownOutputs;

    /// <summary>Loads a step with its first state.</summary>
    /// <param name="step">The step.</param>
    /// <param name="state">Values of every state tensor, by name.</param>
    /// <param name="options">Where and how it is computed; null is on the processor with one thread for each core.</param>
    /// <exception cref="ArgumentException">The options or the state cannot be used.</exception>
    /// <exception cref="PlatformNotSupportedException">The device cannot be used; the message says why.</exception>
    public StepRunner(TrainingStep step, IReadOnlyDictionary<string, float[]> state, StepRunnerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(state);
        options ??= new();
        options.Validate();
        _step = step;
        var stateNames = step.State.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        var parts = options.Replicas > 1 ? new ReplicatedStep(step, options.Replicas) : null;
        var graph = parts?.Update ?? step.Graph;
        _replicas = parts is null ? null : new(step, parts, options);
        _session = StepSessions.Open(graph, options, options.Threads, spins: parts is null);
        Data = [.. step.Graph.Inputs.Where(input => !stateNames.Contains(input.Name))];
        _ownInputs = [.. Data.Select(input => input.Name).Where(name => graph.Find(name) is not null)];
        _ownOutputs = [.. graph.Outputs.Select(output => output.Name).Where(name => !name.StartsWith(TrainingStep.NextPrefix, StringComparison.Ordinal))];
        _state = new StepState(step.State, state, options.Device.IsCuda ? new DeviceMemory(options.Device, _session) : null);
    }

    /// <summary>What the caller gives at every run: everything that is not state.</summary>
    public IReadOnlyList<Tensor> Data { get; }

    /// <summary>Runs one step; afterwards the state is the next one.</summary>
    /// <param name="data">A value for each of <see cref="Data"/>, by name, in the processor's memory; not disposed here.</param>
    /// <param name="cancellationToken">Stops in the middle of the run; the state stays what it was.</param>
    /// <returns>Every output that is not state, by name: reported numbers and whatever else the step gives.</returns>
    public IReadOnlyDictionary<string, float[]> Run(IReadOnlyDictionary<string, OrtValue> data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        cancellationToken.ThrowIfCancellationRequested();
        _runOptions.Terminate = false;
        using var registration = cancellationToken.Register(static options => ((RunOptions)options!).Terminate = true, _runOptions);
        try
        {
            var outputs = _replicas?.Run(_runOptions, data, _state.Lend) ?? new(StringComparer.Ordinal);
            using var binding = _session.CreateIoBinding();
            foreach (var name in _ownInputs) binding.BindInput(name, data[name]);
            foreach (var (name, value) in _replicas?.Gradients ?? []) binding.BindInput(name, value);
            foreach (var name in _ownOutputs) binding.BindOutputToDevice(name, OrtMemoryInfo.DefaultInstance);
            _state.Bind(binding);
            _session.RunWithBinding(_runOptions, binding);
            _state.Advance();
            foreach (var (name, values) in BoundOutputs.Read(binding, _ownOutputs)) outputs[name] = values;
            return outputs;
        }
        catch (OnnxRuntimeException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new InvalidOperationException($"A step of '{_step.Graph.Name}' failed: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    /// <summary>Copies a state tensor out.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public float[] Read(string name) => _state.Read(name);

    /// <summary>A state tensor as it is until the next run, to be given to other graphs; not the caller's to dispose.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public OrtValue Lend(string name) => _state.Lend(name);

    /// <inheritdoc/>
    public void Dispose()
    {
        _state.Dispose();
        _runOptions.Dispose();
        _replicas?.Dispose();
        _session.Dispose();
    }
}
