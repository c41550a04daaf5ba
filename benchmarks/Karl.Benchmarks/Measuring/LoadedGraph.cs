using Karl.Graphs;
using Karl.Graphs.Onnx;
using Karl.Testing;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Benchmarks.Measuring;

/// <summary>A tensor that a graph takes or gives.</summary>
internal sealed record TensorFact(string Name, ElementType Type, Shape Shape);

/// <summary>A graph in ONNX Runtime, on the processor, optimized as in the product.</summary>
internal sealed class LoadedGraph : IDisposable
{
    private LoadedGraph(Graph graph, InferenceSession session)
    {
        Session = session;
        Inputs = Facts(graph.Inputs);
        Outputs = Facts(graph.Outputs);
        Flops = FlopCounter.Count(graph);
    }

    /// <summary>ONNX Runtime's session.</summary>
    public InferenceSession Session { get; }

    /// <summary>What the graph takes.</summary>
    public IReadOnlyList<TensorFact> Inputs { get; }

    /// <summary>What the graph gives.</summary>
    public IReadOnlyList<TensorFact> Outputs { get; }

    /// <summary>Floating-point operations of one run; it depends on the batch and on numbers of tokens.</summary>
    public Dimension Flops { get; }

    /// <summary>Loads a graph whose weights have their values. The graph itself is not held, so that its memory can go.</summary>
    /// <param name="graph">What to run.</param>
    /// <param name="threads">Threads of one run; null is ONNX Runtime's choice.</param>
    /// <param name="allowSpinning">Whether idle threads wait actively, as the product's do.</param>
    public static LoadedGraph Load(Graph graph, int? threads, bool allowSpinning = true)
    {
        using TemporaryFolder folder = new();
        string path = folder["graph.onnx"];
        using (FileStream stream = File.Create(path))
        {
            OnnxWriter.Write(graph, stream);
        }

        using SessionOptions options = new()
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        if (threads is int count)
        {
            options.IntraOpNumThreads = count;
        }

        options.AddSessionConfigEntry("session.intra_op.allow_spinning", allowSpinning ? "1" : "0");
        return new LoadedGraph(graph, new InferenceSession(path, options));
    }

    public void Dispose() => Session.Dispose();

    private static TensorFact[] Facts(IEnumerable<Tensor> tensors) => [.. tensors.Select(tensor => new TensorFact(tensor.Name, tensor.Type, tensor.Shape))];
}
