using Karl.Graphs.Onnx;
using Karl.Training.Steps;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Tensor = Karl.Graphs.Tensor;

namespace Karl.Training.Running;

/// <summary>
/// Runs a step again and again. The state lives in two sets of ONNX Runtime tensors that take turns as input and output, so weights and moments
/// never pass through managed memory between steps.
/// </summary>
public sealed class StepRunner : IDisposable
{
    private readonly TrainingStep _step;
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly string[] _outputNames;
    private readonly Dictionary<string, int> _places;
    private OrtValue[] _state;
    private OrtValue[] _next;

    /// <summary>Loads a step with its first state.</summary>
    /// <param name="step">The step.</param>
    /// <param name="state">Values of every state tensor, by name.</param>
    /// <param name="options">Session settings such as threads and execution providers; null for the processor with one thread per core.</param>
    /// <param name="onProcessor">Whether the processor computes everything, so that convolutions can be laid out for it; false with execution providers for other devices.</param>
    public StepRunner(TrainingStep step, IReadOnlyDictionary<string, float[]> state, SessionOptions? options = null, bool onProcessor = true)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(state);
        _step = step;
        using SessionOptions own = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        var graph = onProcessor && ChannelBlocks.OfThisProcessor is { } block ? step.Graph.BlockConvolutions(block) : step.Graph;
        _session = new InferenceSession(OnnxWriter.ToBytes(graph), options ?? own);
        string[] stateNames = [.. step.State.Select(tensor => tensor.Name)];
        _places = stateNames.Select((name, index) => (name, index)).ToDictionary(place => place.name, place => place.index, StringComparer.Ordinal);
        Data = [.. step.Graph.Inputs.Where(input => !stateNames.Contains(input.Name))];
        _outputNames = [.. step.Reported, .. Extra(step), .. stateNames.Select(name => TrainingStep.NextPrefix + name)];
        _state = [.. step.State.Select(tensor => Allocate(tensor, state[tensor.Name]))];
        _next = [.. step.State.Select(tensor => Allocate(tensor, null))];
    }

    /// <summary>What the caller gives at every run: everything that is not state.</summary>
    public IReadOnlyList<Tensor> Data { get; }

    /// <summary>Runs one step; afterwards the state is the next one.</summary>
    /// <param name="data">A value for each of <see cref="Data"/>, by name; not disposed here.</param>
    /// <param name="cancellationToken">Stops in the middle of the run; the state stays what it was.</param>
    /// <returns>Every output that is not state, by name: reported numbers and whatever else the step gives.</returns>
    public IReadOnlyDictionary<string, float[]> Run(IReadOnlyDictionary<string, OrtValue> data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        cancellationToken.ThrowIfCancellationRequested();
        _runOptions.Terminate = false;
        using var registration = cancellationToken.Register(static options => ((RunOptions)options!).Terminate = true, _runOptions);
        using var binding = _session.CreateIoBinding();
        foreach (var input in Data) binding.BindInput(input.Name, data[input.Name]);
        for (var index = 0; index < _state.Length; index++)
        {
            binding.BindInput(_step.State[index].Name, _state[index]);
            binding.BindOutput(TrainingStep.NextPrefix + _step.State[index].Name, _next[index]);
        }
        var others = _outputNames[..^_state.Length];
        foreach (var name in others) binding.BindOutputToDevice(name, OrtMemoryInfo.DefaultInstance);
        try
        {
            _session.RunWithBinding(_runOptions, binding);
        }
        catch (OnnxRuntimeException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new InvalidOperationException($"A step of '{_step.Graph.Name}' failed: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
        (_state, _next) = (_next, _state);
        var bound = binding.GetOutputNames();
        using var outputs = binding.GetOutputValues();
        return others.ToDictionary(name => name, name => ToSingles(outputs[Array.IndexOf(bound, name)]), StringComparer.Ordinal);
    }

    /// <summary>Copies a state tensor out.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public float[] Read(string name) => Lend(name).GetTensorDataAsSpan<float>().ToArray();

    /// <summary>A state tensor as it is until the next run, to be given to other graphs; not the caller's to dispose.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public OrtValue Lend(string name) => _places.TryGetValue(name, out var index) ? _state[index] : throw new ArgumentException($"The step has no state '{name}'.", nameof(name));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var value in _state.Concat(_next)) value.Dispose();
        _runOptions.Dispose();
        _session.Dispose();
    }

    private static IEnumerable<string> Extra(TrainingStep step) => step.Graph.Outputs.Select(output => output.Name)
        .Where(name => !name.StartsWith(TrainingStep.NextPrefix, StringComparison.Ordinal) && !step.Reported.Contains(name));

    private static OrtValue Allocate(StateTensor tensor, float[]? values)
    {
        var value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, tensor.Shape.ToFixed());
        var span = value.GetTensorMutableDataAsSpan<float>();
        if (values is null) span.Clear();
        else if (values.Length == span.Length) values.CopyTo(span);
        else throw new ArgumentException($"State '{tensor.Name}' is {tensor.Shape}, {span.Length} numbers; {values.Length} were given.");
        return value;
    }

    private static float[] ToSingles(OrtValue value) => value.GetTensorTypeAndShape().ElementDataType switch
    {
        TensorElementType.Float => value.GetTensorDataAsSpan<float>().ToArray(),
        TensorElementType.Int64 => [.. value.GetTensorDataAsSpan<long>().ToArray().Select(number => (float)number)],
        TensorElementType.Bool => [.. value.GetTensorDataAsSpan<bool>().ToArray().Select(truth => truth ? 1f : 0f)],
        var other => throw new NotSupportedException($"Outputs of type {other} cannot be read; give float32, int64 or truth values."),
    };
}
