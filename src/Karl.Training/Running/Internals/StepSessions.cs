using Karl.Graphs;
using Karl.Graphs.Onnx;
using Karl.Tokenizers.Sessions;
using Karl.Tokenizers.Sessions.Internals;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Training.Running.Internals;

/// <summary>Loads the graphs of steps.</summary>
internal static class StepSessions
{
    /// <summary>Loads a graph whose convolutions may be laid out for the processor.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="options">Where it runs.</param>
    /// <param name="threads">Threads within an operator, the caller's included; null is one for each core.</param>
    /// <param name="spins">Whether threads without work stay awake for a while: faster where nothing else computes in between.</param>
    /// <exception cref="PlatformNotSupportedException">The device cannot be used.</exception>
    public static InferenceSession Open(Graph graph, StepRunnerOptions options, int? threads, bool spins = true)
    {
        var laidOut = options.BlocksConvolutions && !options.Device.IsCuda && ChannelBlocks.OfThisProcessor is { } block ? graph.BlockConvolutions(block) : graph;
        using var session = Options(threads, spins);
        return DeviceSessions.Open(options.Device, OnnxWriter.ToBytes(laidOut), session);
    }

    /// <summary>A graph that copies a float32 tensor, <c>value</c> to <c>copy</c>.</summary>
    /// <param name="device">Where it runs.</param>
    /// <param name="rank">Axes of the tensor.</param>
    /// <exception cref="PlatformNotSupportedException">The device cannot be used.</exception>
    public static InferenceSession Copying(TokenizerDevice device, int rank)
    {
        Graph graph = new("copy");
        graph.Output("copy", graph.Input("value", ElementType.Float32, [.. Enumerable.Range(0, rank).Select(axis => (Dimension)$"length_{axis}")]).Identity());
        using var options = Options(threads: 1, spins: false);
        return DeviceSessions.Open(device, OnnxWriter.ToBytes(graph), options);
    }

    /// <summary>Settings that all of them have.</summary>
    private static SessionOptions Options(int? threads, bool spins)
    {
        SessionOptions options = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        if (threads is int count) options.IntraOpNumThreads = count;
        if (!spins) options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }
}
