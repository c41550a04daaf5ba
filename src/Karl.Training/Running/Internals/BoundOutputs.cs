using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Karl.Training.Running.Internals;

/// <summary>Reads what a run has put into the processor's memory.</summary>
internal static class BoundOutputs
{
    /// <summary>The numbers of some outputs, by name.</summary>
    public static Dictionary<string, float[]> Read(OrtIoBinding binding, IReadOnlyList<string> names)
    {
        var bound = binding.GetOutputNames();
        using var outputs = binding.GetOutputValues();
        return names.ToDictionary(name => name, name => ToSingles(outputs[Array.IndexOf(bound, name)]), StringComparer.Ordinal);
    }

    private static float[] ToSingles(OrtValue value) => value.GetTensorTypeAndShape().ElementDataType switch
    {
        TensorElementType.Float => value.GetTensorDataAsSpan<float>().ToArray(),
        TensorElementType.Int64 => [.. value.GetTensorDataAsSpan<long>().ToArray().Select(number => (float)number)],
        TensorElementType.Bool => [.. value.GetTensorDataAsSpan<bool>().ToArray().Select(truth => truth ? 1f : 0f)],
        var other => throw new NotSupportedException($"Outputs of type {other} cannot be read; give float32, int64 or truth values."),
    };
}
