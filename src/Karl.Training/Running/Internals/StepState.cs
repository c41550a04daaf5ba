using Karl.Training.Steps;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Karl.Training.Running.Internals;

/// <summary>The state of a step in two sets of tensors that take turns as input and output. On a GPU the first input still comes from the processor's memory; all others stay where they are.</summary>
internal sealed class StepState : IDisposable
{
    private readonly IReadOnlyList<StateTensor> _tensors;
    private readonly Dictionary<string, int> _places;
    private readonly DeviceMemory? _device;
    private OrtValue[] _current;
    private OrtValue[] _next;
    private bool _isOnDevice;

    /// <summary>Makes room for both sets.</summary>
    /// <param name="tensors">What the state is.</param>
    /// <param name="values">The first values, by name.</param>
    /// <param name="device">Where it lives; null is the processor's memory.</param>
    public StepState(IReadOnlyList<StateTensor> tensors, IReadOnlyDictionary<string, float[]> values, DeviceMemory? device)
    {
        (_tensors, _device) = (tensors, device);
        _places = tensors.Select((tensor, index) => (tensor.Name, index)).ToDictionary(place => place.Name, place => place.index, StringComparer.Ordinal);
        _current = [.. tensors.Select(tensor => Filled(tensor, values[tensor.Name]))];
        _next = Room();
    }

    /// <summary>Gives a run the state, and room for the next one.</summary>
    public void Bind(OrtIoBinding binding)
    {
        for (var index = 0; index < _current.Length; index++)
        {
            binding.BindInput(_tensors[index].Name, _current[index]);
            binding.BindOutput(TrainingStep.NextPrefix + _tensors[index].Name, _next[index]);
        }
    }

    /// <summary>After a run: the next state becomes the state.</summary>
    public void Advance()
    {
        (_current, _next) = (_next, _current);
        if (_device is null || _isOnDevice) return;
        foreach (var value in _next) value.Dispose();
        _next = Room();
        _isOnDevice = true;
    }

    /// <summary>A tensor as it is until <see cref="Advance"/>.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public OrtValue Lend(string name) => _current[Place(name)];

    /// <summary>Copies a tensor out.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public float[] Read(string name)
    {
        var index = Place(name);
        return _isOnDevice ? _device!.Read(_current[index], _tensors[index].Shape.Rank) : _current[index].GetTensorDataAsSpan<float>().ToArray();
    }

    public void Dispose()
    {
        foreach (var value in _current.Concat(_next)) value.Dispose();
        _device?.Dispose();
    }

    private int Place(string name) => _places.TryGetValue(name, out var index) ? index : throw new ArgumentException($"The step has no state '{name}'.", nameof(name));

    private OrtValue[] Room() => [.. _tensors.Select(tensor => _device?.Allocate(tensor.Shape.ToFixed()) ?? OnProcessor(tensor))];

    private static OrtValue Filled(StateTensor tensor, float[] values)
    {
        var value = OnProcessor(tensor);
        var span = value.GetTensorMutableDataAsSpan<float>();
        if (values.Length != span.Length) throw new ArgumentException($"State '{tensor.Name}' is {tensor.Shape}, {span.Length} numbers; {values.Length} were given.");
        values.CopyTo(span);
        return value;
    }

    private static OrtValue OnProcessor(StateTensor tensor) => OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, tensor.Shape.ToFixed());
}
