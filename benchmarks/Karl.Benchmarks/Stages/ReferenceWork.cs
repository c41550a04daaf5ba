using Karl.Benchmarks.Measuring;
using Karl.Graphs;

namespace Karl.Benchmarks.Stages;

/// <summary>The plain work that stages consist of, alone: what ONNX Runtime reaches here at best.</summary>
internal sealed class ReferenceWork : IDisposable
{
    private readonly LoadedGraph _graph;
    private readonly GraphFeed _feed;
    private readonly List<Timing> _timings = [];

    private ReferenceWork(string name, Graph graph, int threads)
    {
        Name = name;
        _graph = LoadedGraph.Load(graph, threads);
        _feed = new GraphFeed(_graph, new Dictionary<string, long>());
    }

    /// <summary>What it is.</summary>
    public string Name { get; }

    /// <summary>Of all runs so far.</summary>
    public Timing Timing => Timing.Together(_timings);

    /// <summary>Billions of operations in a second.</summary>
    public double GigaflopsPerSecond => _feed.Flops / Timing.Median / 1e6;

    /// <summary>To be run beside others.</summary>
    public Contestant Contestant => new(Name, _feed.Run);

    /// <summary>A matrix product like the largest of the transformer: 513 x 1024 by 1024 x 4096.</summary>
    public static ReferenceWork MatrixProduct(int threads)
    {
        Graph graph = new("matrix-product");
        Tensor left = graph.Input("left", ElementType.Float32, 513, 1024);
        graph.Output("product", left.MatMul(Weight(graph, 1024, 4096)));
        return new ReferenceWork("matrix product 513 x 1024 by 1024 x 4096", graph, threads);
    }

    /// <summary>A convolution like those near the pixels: 3 x 3, 128 channels to 128 at 256 x 256.</summary>
    public static ReferenceWork Convolution(int threads)
    {
        Graph graph = new("convolution");
        Tensor image = graph.Input("image", ElementType.Float32, 1, 128, 256, 256);
        graph.Output("features", image.Convolution(Weight(graph, 128, 128, 3, 3), padding: 1));
        return new ReferenceWork("3 x 3 convolution of 128 channels at 256 x 256", graph, threads);
    }

    /// <summary>Remembers runs.</summary>
    public void Add(Timing timing) => _timings.Add(timing);

    public void Dispose()
    {
        _feed.Dispose();
        _graph.Dispose();
    }

    private static Tensor Weight(Graph graph, params long[] shape)
    {
        Random random = new(3);
        float[] values = new float[shape.Aggregate(1L, (product, length) => product * length)];
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = random.NextSingle() - 0.5f;
        }

        return graph.Parameter("weight", TensorData.From(values, shape));
    }
}
