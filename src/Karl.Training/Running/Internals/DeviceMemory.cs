using Karl.Tokenizers.Sessions;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Karl.Training.Running.Internals;

/// <summary>Tensors in the memory of a GPU.</summary>
/// <param name="device">The GPU.</param>
/// <param name="session">A session there, whose allocator serves.</param>
internal sealed class DeviceMemory(TokenizerDevice device, InferenceSession session) : IDisposable
{
    private readonly OrtMemoryInfo _info = new(OrtMemoryInfo.allocatorCUDA, OrtAllocatorType.DeviceAllocator, device.Index, OrtMemType.Default);
    private readonly Dictionary<int, InferenceSession> _copying = [];
    private OrtAllocator? _allocator;

    /// <summary>Room for float32 numbers, which a run is to write.</summary>
    public OrtValue Allocate(long[] shape) => OrtValue.CreateAllocatedTensorValue(_allocator ??= new OrtAllocator(session, _info), TensorElementType.Float, shape);

    /// <summary>Copies numbers out: a graph that changes nothing, whose output is wanted in the processor's memory.</summary>
    public float[] Read(OrtValue value, int rank)
    {
        if (!_copying.TryGetValue(rank, out var copying)) _copying[rank] = copying = StepSessions.Copying(device, rank);
        using RunOptions runOptions = new();
        using var binding = copying.CreateIoBinding();
        binding.BindInput("value", value);
        binding.BindOutputToDevice("copy", OrtMemoryInfo.DefaultInstance);
        copying.RunWithBinding(runOptions, binding);
        using var outputs = binding.GetOutputValues();
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    public void Dispose()
    {
        foreach (var copying in _copying.Values) copying.Dispose();
        _allocator?.Dispose();
        _info.Dispose();
    }
}
