using System.Diagnostics;
using Karl.Graphs;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Karl.Benchmarks.Measuring;

/// <summary>A loaded graph with inputs filled in and outputs made ready, for given lengths: run after run, nothing is allocated.</summary>
internal sealed class GraphFeed : IDisposable
{
    private readonly LoadedGraph _graph;
    private readonly RunOptions _options = new();
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly OrtValue[] _inputs;
    private readonly OrtValue[] _outputs;

    /// <summary>Fills the inputs.</summary>
    /// <param name="graph">What will be run; it stays the caller's.</param>
    /// <param name="lengths">A number for each named length.</param>
    /// <param name="integers">Values of int64 inputs, by name and index.</param>
    public GraphFeed(LoadedGraph graph, IReadOnlyDictionary<string, long> lengths, Func<string, int, long>? integers = null)
    {
        _graph = graph;
        _inputNames = [.. graph.Inputs.Select(input => input.Name)];
        _outputNames = [.. graph.Outputs.Select(output => output.Name)];
        Random random = new(1);
        _inputs = [.. graph.Inputs.Select(input => input.Type == ElementType.Int64
            ? Filled(input, lengths, index => integers?.Invoke(input.Name, index) ?? 0)
            : Filled(input, lengths, _ => input.Name == "epsilon" ? 0.05f : random.NextSingle()))];
        _outputs = [.. graph.Outputs.Select(output => OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TypeOf(output.Type), output.Shape.Evaluate(lengths)))];
        Flops = graph.Flops.Evaluate(lengths);
    }

    /// <summary>Floating-point operations of one run.</summary>
    public long Flops { get; }

    /// <summary>Runs once.</summary>
    /// <returns>Elapsed milliseconds.</returns>
    public double Run()
    {
        long start = Stopwatch.GetTimestamp();
        _graph.Session.Run(_options, _inputNames, _inputs, _outputNames, _outputs);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    public void Dispose()
    {
        foreach (OrtValue value in _inputs.Concat(_outputs))
        {
            value.Dispose();
        }

        _options.Dispose();
    }

    private static OrtValue Filled<T>(TensorFact input, IReadOnlyDictionary<string, long> lengths, Func<int, T> value)
        where T : unmanaged
    {
        long[] shape = input.Shape.Evaluate(lengths);
        OrtValue tensor = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TypeOf(input.Type), shape);
        Span<T> elements = tensor.GetTensorMutableDataAsSpan<T>();
        for (int index = 0; index < elements.Length; index++)
        {
            elements[index] = value(index);
        }

        return tensor;
    }

    private static TensorElementType TypeOf(ElementType type) => type switch
    {
        ElementType.Float32 => TensorElementType.Float,
        ElementType.Int64 => TensorElementType.Int64,
        _ => throw new ArgumentException($"A benchmark's inputs and outputs are float32 or int64; found {type.Word()}."),
    };
}
